/** Makes calendars say it, once, and remembers what was made. */
@NullMarked
package clinic.scheduling.calendars.effect;

import org.jspecify.annotations.NullMarked;
