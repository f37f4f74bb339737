/** How long it takes until a change in Canvas is in both calendars. */
@NullMarked
package clinic.scheduling.benchmark.calendars;

import org.jspecify.annotations.NullMarked;
