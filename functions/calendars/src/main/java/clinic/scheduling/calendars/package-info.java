/** The port to a clinician's calendar, and what stands in one. */
@NullMarked
package clinic.scheduling.calendars;

import org.jspecify.annotations.NullMarked;
