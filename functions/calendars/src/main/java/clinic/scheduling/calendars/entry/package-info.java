/** What a visit requires of the calendars: pure functions, and the reader that feeds them. */
@NullMarked
package clinic.scheduling.calendars.entry;

import org.jspecify.annotations.NullMarked;
