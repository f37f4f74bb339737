/** Which meetings block time in Canvas, and what has to be done for it: pure functions. */
@NullMarked
package clinic.scheduling.meetings.plan;

import org.jspecify.annotations.NullMarked;
