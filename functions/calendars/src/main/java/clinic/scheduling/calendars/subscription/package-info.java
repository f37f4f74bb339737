/** Asking the providers to tell us when a calendar changes. */
@NullMarked
package clinic.scheduling.calendars.subscription;

import org.jspecify.annotations.NullMarked;
