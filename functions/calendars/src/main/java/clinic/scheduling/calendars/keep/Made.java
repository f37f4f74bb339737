package clinic.scheduling.calendars.keep;

import clinic.scheduling.calendars.CalendarOutcome;

/**
 * What came of changing an entry.
 *
 * @param generation of the entry that stands, or that the next one would have
 * @param putRight whether somebody had changed or deleted the entry
 */
record Made(CalendarOutcome outcome, int generation, boolean putRight) {
  Made(CalendarOutcome outcome, int generation) {
    this(outcome, generation, false);
  }

  Made afterSomebodyElse() {
    return new Made(outcome, generation, true);
  }
}
