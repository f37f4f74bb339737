/** Push channels of Google Calendar: the messages to their addresses, in the background. */
@NullMarked
package clinic.scheduling.sandbox.google.push;

import org.jspecify.annotations.NullMarked;
