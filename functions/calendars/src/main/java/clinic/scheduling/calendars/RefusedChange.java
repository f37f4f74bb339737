package clinic.scheduling.calendars;

import clinic.scheduling.calendars.CalendarOutcome.Denied;
import clinic.scheduling.calendars.CalendarOutcome.Exists;
import clinic.scheduling.calendars.CalendarOutcome.Gone;
import clinic.scheduling.calendars.CalendarOutcome.Refused;
import clinic.scheduling.calendars.CalendarOutcome.Trouble;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.CalendarOutcome.Unknown;
import clinic.scheduling.core.RetryAfter;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a refused change means. Providers answer one status for an entry that is gone, an entry that
 * cannot be changed, and a mailbox that is closed; so the entry is looked at before anything is
 * concluded. Every case stands in {@code docs/calendar-refusals.md}.
 */
public final class RefusedChange {
  private RefusedChange() {}

  /**
   * @param change what was answered
   * @param look at the entry; {@code Exists} if it is where it should be
   * @param ofMailbox whether a code names the mailbox, or our access to it, rather than an entry
   */
  public static CalendarOutcome judged(
      CalendarOutcome change, Supplier<CalendarOutcome> look, Predicate<String> ofMailbox) {
    if (change instanceof Denied denied) {
      return judged(denied, denied.code(), look.get(), ofMailbox);
    }
    if (change instanceof Refused refused && !ofMailbox.test(refused.code())) {
      return judged(refused, refused.code(), look.get(), ofMailbox);
    }
    return change;
  }

  /**
   * Whether the entry may be deleted after it was tried to wipe it. One that cannot be wiped is
   * taken away all the same: a visit that is off does more harm.
   */
  public static boolean leavesDeletion(CalendarOutcome wiped, Predicate<String> ofMailbox) {
    return wiped instanceof Exists
        || (wiped instanceof Refused refused && !ofMailbox.test(refused.code()));
  }

  /**
   * What a create answers after it changed an entry that stands under its name. Whoever asked does
   * not know the entry yet, so a trouble with it must leave a doubt, or nobody looks for it again.
   */
  public static CalendarOutcome ofNamed(CalendarOutcome change) {
    if (change instanceof Exists || change instanceof Gone) {
      return change;
    }
    return new Unknown(
        change instanceof Trouble trouble
            ? trouble.pause().orElse(RetryAfter.USUAL)
            : RetryAfter.USUAL);
  }

  private static CalendarOutcome judged(
      CalendarOutcome refusal, String code, CalendarOutcome there, Predicate<String> ofMailbox) {
    if (there instanceof Exists) {
      return ofMailbox.test(code) ? refusal : new Refused(code);
    }
    // A look changes nothing, so an answer that was lost leaves no doubt.
    return there instanceof Unknown unknown ? new TryLater(unknown.delay()) : there;
  }
}
