/** What a meeting is, in the words of neither provider. */
@NullMarked
package clinic.scheduling.calendaraccess.meeting;

import org.jspecify.annotations.NullMarked;
