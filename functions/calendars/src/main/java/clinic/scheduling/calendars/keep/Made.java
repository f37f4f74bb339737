package clinic.scheduling.calendars.keep;

import clinic.scheduling.calendars.CalendarOutcome;

/**
 * What came of changing an entry.
 *
 * @param generation of the entry that stands, or that the next one would have
 */
record Made(CalendarOutcome outcome, int generation) {}
