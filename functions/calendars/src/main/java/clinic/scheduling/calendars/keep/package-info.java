/** Makes calendars say it, once, and remembers what was made. */
@NullMarked
package clinic.scheduling.calendars.keep;

import org.jspecify.annotations.NullMarked;
