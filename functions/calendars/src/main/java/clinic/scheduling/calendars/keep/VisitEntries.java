package clinic.scheduling.calendars.keep;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.Reading;
import clinic.scheduling.core.ledger.Entry;
import java.time.Duration;
import java.util.function.Function;

/**
 * The entries of one visit in one calendar, of which at most one may stand.
 *
 * @param before what the ledger says of it
 * @param doubtful whether a worker died while changing it, so that the calendar knows better
 * @param lately whether it was written so lately that the provider may not show it yet
 */
record VisitEntries(
    Calendar calendar,
    Mailbox mailbox,
    String root,
    Entry before,
    boolean doubtful,
    boolean lately) {
  /** How often an entry that somebody deleted is made anew in one go. */
  static final int RENEWALS = 2;

  /** Within this time a provider shows what was made, by its id and by its name. */
  static final Duration SHOWS_WITHIN = Duration.ofMinutes(2);

  private static final Duration NOT_YET = Duration.ofSeconds(15);
  private static final Made NONE = new Made(new CalendarOutcome.Gone(), 0);

  /** Makes the entry stand, under the id that it has if it stands already. */
  Made put(CalendarEntry entry) {
    if (before.external().isEmpty()) {
      return make(name(before.generation()), entry);
    }
    CalendarOutcome outcome = byIdOrName(id -> calendar.update(mailbox.address(), id, entry));
    return outcome instanceof CalendarOutcome.Gone
        ? make(name(before.generation()).next(), entry)
        : new Made(outcome, before.generation());
  }

  /**
   * Whether the ledger says that the entry stands as it should.
   *
   * @param saying how the fingerprint begins that belongs to what the entry should say
   */
  boolean shouldStand(String saying) {
    return !doubtful && before.isDone() && before.fingerprint().startsWith(saying);
  }

  /** Makes sure that the entry which should stand still does, and still says what it should. */
  Made verify(CalendarEntry entry) {
    Reading reading = calendar.read(mailbox.address(), before.external(), entry.time());
    if (reading instanceof Reading.Unread unread) {
      return new Made(nothingDone(unread.why()), before.generation());
    }
    return reading instanceof Reading.Says says && says.text().equals(calendar.saying(entry))
        ? new Made(new CalendarOutcome.Standing(before.external()), before.generation())
        : put(entry).afterSomebodyElse();
  }

  /** Takes the entry away, and after a doubt every entry that the dead worker may have made. */
  Made remove() {
    if (!before.external().isEmpty()) {
      CalendarOutcome outcome = byIdOrName(id -> calendar.remove(mailbox.address(), id));
      if (!(outcome instanceof CalendarOutcome.Gone)) {
        return new Made(outcome, before.generation());
      }
    }
    EntryName name = name(before.generation());
    for (int i = 0; doubtful && i <= RENEWALS + 1; i++, name = name.next()) {
      CalendarOutcome outcome = orNotYet(removeNamed(name));
      if (!(outcome instanceof CalendarOutcome.Gone)) {
        return new Made(outcome, before.generation());
      }
    }
    return new Made(new CalendarOutcome.Gone(), name.generation() + 1);
  }

  /**
   * An id that leads nowhere does not prove that the entry is gone: one that was made a moment ago
   * may not show yet, and would stand twice, or be left for good. So it is looked for by its name,
   * and while it may come up, it is waited for.
   */
  private CalendarOutcome byIdOrName(Function<String, CalendarOutcome> change) {
    CalendarOutcome outcome = change.apply(before.external());
    if (!(outcome instanceof CalendarOutcome.NotFound)) {
      return outcome;
    }
    CalendarOutcome found = calendar.find(mailbox.address(), name(before.generation()));
    if (found instanceof CalendarOutcome.Standing standing) {
      return orNotYet(change.apply(standing.externalId()));
    }
    return found instanceof CalendarOutcome.Gone && lately ? orNotYet(outcome) : found;
  }

  private static CalendarOutcome orNotYet(CalendarOutcome outcome) {
    return outcome instanceof CalendarOutcome.NotFound
        ? new CalendarOutcome.Busy(NOT_YET)
        : outcome;
  }

  /** A read whose answer was lost leaves no doubt about the entry. */
  private static CalendarOutcome nothingDone(CalendarOutcome.Trouble why) {
    return why instanceof CalendarOutcome.Unknown unknown
        ? new CalendarOutcome.TryLater(unknown.delay())
        : why;
  }

  private Made make(EntryName first, CalendarEntry entry) {
    Made found = doubtful ? firstThatStands(first, name -> findAndUpdate(name, entry)) : NONE;
    return found.outcome() instanceof CalendarOutcome.Gone
        ? orRefused(firstThatStands(first, name -> calendar.create(mailbox.address(), name, entry)))
        : found;
  }

  private static Made firstThatStands(EntryName first, Function<EntryName, CalendarOutcome> ask) {
    EntryName name = first;
    for (int i = 0; i <= RENEWALS; i++, name = name.next()) {
      CalendarOutcome outcome = orNotYet(ask.apply(name));
      if (!(outcome instanceof CalendarOutcome.Gone)) {
        return new Made(outcome, name.generation());
      }
    }
    return NONE;
  }

  private static Made orRefused(Made made) {
    return made.outcome() instanceof CalendarOutcome.Gone
        ? new Made(new CalendarOutcome.Refused("deleted-again-and-again"), made.generation())
        : made;
  }

  private CalendarOutcome findAndUpdate(EntryName name, CalendarEntry entry) {
    CalendarOutcome found = calendar.find(mailbox.address(), name);
    return found instanceof CalendarOutcome.Standing standing
        ? calendar.update(mailbox.address(), standing.externalId(), entry)
        : found;
  }

  private CalendarOutcome removeNamed(EntryName name) {
    CalendarOutcome found = calendar.find(mailbox.address(), name);
    return found instanceof CalendarOutcome.Standing standing
        ? calendar.remove(mailbox.address(), standing.externalId())
        : found;
  }

  private EntryName name(int generation) {
    return new EntryName(root, mailbox.key(), generation);
  }
}
