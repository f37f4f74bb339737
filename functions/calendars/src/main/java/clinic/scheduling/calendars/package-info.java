/**
 * The port to clinicians' calendars: what an entry is, and what a call to a calendar can answer.
 */
@NullMarked
package clinic.scheduling.calendars;

import org.jspecify.annotations.NullMarked;
