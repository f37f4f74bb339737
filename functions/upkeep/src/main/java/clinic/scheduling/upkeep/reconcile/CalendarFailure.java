package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.CalendarOutcome;

/** A word for why a calendar did not answer: the provider's own, where it has one. */
final class CalendarFailure {
  private CalendarFailure() {}

  static String code(CalendarOutcome outcome) {
    if (outcome instanceof CalendarOutcome.Refused refused) {
      return refused.code();
    }
    if (outcome instanceof CalendarOutcome.Denied denied) {
      return denied.code();
    }
    if (outcome instanceof CalendarOutcome.Busy) {
      return "busy";
    }
    return outcome instanceof CalendarOutcome.TryLater ? "throttled" : "no-answer";
  }
}
