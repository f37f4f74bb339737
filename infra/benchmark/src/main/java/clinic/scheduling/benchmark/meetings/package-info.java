/** How fast meetings in Outlook and Google block time in Canvas, and at what cost. */
@NullMarked
package clinic.scheduling.benchmark.meetings;

import org.jspecify.annotations.NullMarked;
