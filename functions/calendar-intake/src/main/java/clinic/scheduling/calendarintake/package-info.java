/** Receives the notices of Outlook and Google that something in a calendar may have changed. */
@NullMarked
package clinic.scheduling.calendarintake;

import org.jspecify.annotations.NullMarked;
