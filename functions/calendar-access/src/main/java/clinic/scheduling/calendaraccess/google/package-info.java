/** Access to Google Calendar. */
@NullMarked
package clinic.scheduling.calendaraccess.google;

import org.jspecify.annotations.NullMarked;
