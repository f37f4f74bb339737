package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome;

/**
 * What came of changing an entry.
 *
 * @param generation of the entry that stands, or that the next one would have
 * @param putRight whether somebody had changed or deleted the entry
 */
record EntryChange(CalendarOutcome outcome, int generation, boolean putRight) {
  EntryChange(CalendarOutcome outcome, int generation) {
    this(outcome, generation, false);
  }

  EntryChange afterSomebodyElse() {
    return new EntryChange(outcome, generation, true);
  }
}
