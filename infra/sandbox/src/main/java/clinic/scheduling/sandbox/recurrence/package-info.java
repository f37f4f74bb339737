/** Recurring events of both calendars: the starts that an RRULE of RFC 5545 gives. */
@NullMarked
package clinic.scheduling.sandbox.recurrence;

import org.jspecify.annotations.NullMarked;
