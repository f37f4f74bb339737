package clinic.scheduling.calendars;

import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.CalendarOutcome.Refused;
import clinic.scheduling.calendars.CalendarOutcome.Unknown;
import clinic.scheduling.core.RetryAfter;
import java.util.function.Predicate;

/**
 * Finds out what a refused change means. Providers use one status for an entry that is gone, an
 * entry that cannot be changed, and a mailbox that we may not use. So we look at the entry before
 * we conclude anything. {@code docs/calendar-refusals.md} lists every case.
 */
public final class RefusedChange {
  private RefusedChange() {}

  /**
   * Whether the outcome of a change is a refusal that only a look at the entry can explain.
   *
   * @param ofMailbox whether a code is about the mailbox, or our access to it, rather than one
   *     entry
   */
  public static boolean needsLook(CalendarOutcome change, Predicate<String> ofMailbox) {
    return change
        .asFailure()
        .filter(it -> it.isDenied() || (it.isRefused() && !ofMailbox.test(it.code())))
        .isPresent();
  }

  /**
   * What the refusal means, after a look at the entry.
   *
   * @param change an outcome that {@link #needsLook}
   * @param look what a read of the entry has shown; {@code Exists} if it is where it should be
   */
  public static CalendarOutcome judged(
      CalendarOutcome change, CalendarOutcome look, Predicate<String> ofMailbox) {
    if (look.asExists().isEmpty()) {
      return look.ofRead();
    }
    String code = change.asFailure().map(Failure::code).orElseThrow();
    return ofMailbox.test(code) ? change : new Refused(code);
  }

  /**
   * Whether to delete the entry after its texts were overwritten. An entry that cannot be
   * overwritten is deleted all the same: a cancelled visit left in a calendar does more harm.
   */
  public static boolean allowsDeletion(CalendarOutcome wiped, Predicate<String> ofMailbox) {
    return wiped.asExists().isPresent()
        || wiped.asFailure().filter(it -> it.isRefused() && !ofMailbox.test(it.code())).isPresent();
  }

  /**
   * The outcome of a create that found an entry under its name and updated it. The caller does not
   * know that entry yet, so every failure is {@code Unknown}: otherwise nobody would look for it.
   */
  public static CalendarOutcome ofExisting(CalendarOutcome update) {
    return update.asExists().isPresent() || update.isGone()
        ? update
        : new Unknown(update.asFailure().flatMap(Failure::pause).orElse(RetryAfter.USUAL));
  }
}
