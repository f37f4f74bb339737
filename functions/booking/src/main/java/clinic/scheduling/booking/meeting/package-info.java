/** What the calendars of a clinician show just before a visit is booked or moved. */
@NullMarked
package clinic.scheduling.booking.meeting;

import org.jspecify.annotations.NullMarked;
