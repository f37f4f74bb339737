/** Google Calendar. */
@NullMarked
package clinic.scheduling.calendars.google;

import org.jspecify.annotations.NullMarked;
