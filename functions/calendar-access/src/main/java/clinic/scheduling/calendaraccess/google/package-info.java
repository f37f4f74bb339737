/** Access to Google Calendar: where it is, and the tokens for it. */
@NullMarked
package clinic.scheduling.calendaraccess.google;

import org.jspecify.annotations.NullMarked;
