/** What a calendar should say of a visit. */
@NullMarked
package clinic.scheduling.calendars.entry;

import org.jspecify.annotations.NullMarked;
