/** Blocks in Canvas: creates, changes and cancels them, each once. */
@NullMarked
package clinic.scheduling.meetings.block;

import org.jspecify.annotations.NullMarked;
