package clinic.scheduling.calendars;

import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.CalendarOutcome.Refused;
import clinic.scheduling.calendars.CalendarOutcome.Unknown;
import clinic.scheduling.core.RetryAfter;
import java.util.function.Predicate;

/**
 * Finds out what a refused change means. Providers use one status for an entry that is gone, an
 * entry that cannot be changed, and a mailbox that we may not use. So we read the entry before we
 * conclude anything. {@code docs/calendar-refusals.md} lists every case.
 */
public final class RefusedChange {
  private RefusedChange() {}

  /**
   * Whether the outcome of a change is a refusal whose meaning is known only after reading the
   * entry.
   *
   * @param isAboutMailbox tells whether a provider's code is about the mailbox or our access to it,
   *     and not about one entry
   */
  public static boolean needsLook(CalendarOutcome change, Predicate<String> isAboutMailbox) {
    return change
        .asFailure()
        .filter(it -> it.isDenied() || (it.isRefused() && !isAboutMailbox.test(it.code())))
        .isPresent();
  }

  /**
   * Decides what the refusal means, from the result of reading the entry.
   *
   * @param change an outcome for which {@link #needsLook} is true
   * @param found the outcome of reading the entry; {@code Exists} if it is where it should be
   */
  public static CalendarOutcome interpret(
      CalendarOutcome change, CalendarOutcome found, Predicate<String> isAboutMailbox) {
    if (found.asExists().isEmpty()) {
      return found.asReadOutcome();
    }
    String code = change.asFailure().map(Failure::code).orElseThrow();
    return isAboutMailbox.test(code) ? change : new Refused(code);
  }

  /**
   * Whether to delete the entry after its texts were overwritten. An entry that refuses the new
   * texts is deleted all the same, because a cancelled visit left in a calendar does more harm.
   */
  public static boolean allowsDeletion(
      CalendarOutcome overwritten, Predicate<String> isAboutMailbox) {
    return overwritten.asExists().isPresent()
        || overwritten
            .asFailure()
            .filter(it -> it.isRefused() && !isAboutMailbox.test(it.code()))
            .isPresent();
  }

  /**
   * The outcome of a create that found an entry under its name and updated it. The ledger does not
   * have the entry's id yet. So every failure becomes {@code Unknown}, because only then does the
   * next attempt search for the entry.
   */
  public static CalendarOutcome ofExisting(CalendarOutcome update) {
    return update.asExists().isPresent() || update.isGone()
        ? update
        : new Unknown(update.asFailure().flatMap(Failure::pause).orElse(RetryAfter.USUAL));
  }
}
