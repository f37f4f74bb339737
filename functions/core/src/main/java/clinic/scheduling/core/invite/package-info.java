/** The iCalendar object of one visit. */
@NullMarked
package clinic.scheduling.core.invite;

import org.jspecify.annotations.NullMarked;
