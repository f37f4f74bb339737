package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.ReadResult;
import clinic.scheduling.core.RetryAfter;
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

  private static final CalendarOutcome NOT_YET = CalendarOutcome.Busy.notYet();
  private static final String OUT_OF_REACH = "found-but-out-of-reach";
  private static final EntryChange NONE = new EntryChange(new CalendarOutcome.Gone(), 0);

  /** Makes the entry stand, under the id that it has if it stands already. */
  EntryChange put(CalendarEntry entry) {
    if (before.external().isEmpty()) {
      return make(name(before.generation()), entry);
    }
    CalendarOutcome outcome = byIdOrName(id -> update(id, entry));
    return outcome instanceof CalendarOutcome.Gone
        ? make(name(before.generation()).next(), entry)
        : new EntryChange(outcome, before.generation());
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
  EntryChange verify(CalendarEntry entry) {
    ReadResult reading = calendar.read(mailbox.address(), before.external(), entry.time());
    if (reading instanceof ReadResult.Unread unread) {
      return new EntryChange(nothingDone(unread.why()), before.generation());
    }
    return reading instanceof ReadResult.Says says && says.text().equals(calendar.saying(entry))
        ? new EntryChange(new CalendarOutcome.Exists(before.external()), before.generation())
        : put(entry).afterSomebodyElse();
  }

  /** Takes the entry away, and after a doubt every entry that the dead worker may have made. */
  EntryChange remove() {
    if (!before.external().isEmpty()) {
      CalendarOutcome outcome = byIdOrName(this::removed);
      if (!(outcome instanceof CalendarOutcome.Gone)) {
        return new EntryChange(outcome, before.generation());
      }
    }
    return doubtful
        ? removeNamed()
        : new EntryChange(new CalendarOutcome.Gone(), before.generation() + 1);
  }

  /** At most one stands, so that none is waited for once one was found. */
  private EntryChange removeNamed() {
    EntryName name = name(before.generation());
    boolean mayComeUp = lately;
    for (int i = 0; i <= RENEWALS + 1; i++, name = name.next()) {
      CalendarOutcome found = calendar.find(mailbox.address(), name);
      boolean stands = found instanceof CalendarOutcome.Exists;
      CalendarOutcome outcome = changed(found, this::removed);
      if (!(outcome instanceof CalendarOutcome.Gone)) {
        return new EntryChange(outcome, before.generation());
      }
      mayComeUp &= !stands;
    }
    return mayComeUp
        ? new EntryChange(NOT_YET, before.generation())
        : new EntryChange(new CalendarOutcome.Gone(), name.generation() + 1);
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
    return found instanceof CalendarOutcome.Gone && lately ? NOT_YET : changed(found, change);
  }

  /**
   * Changes what was found by its name. Its id may lead nowhere for a while; that it does so for
   * good is an error of this entry, which nobody may forget, nor make a second time.
   */
  private CalendarOutcome changed(CalendarOutcome found, Function<String, CalendarOutcome> change) {
    CalendarOutcome outcome =
        found instanceof CalendarOutcome.Exists standing
            ? change.apply(standing.externalId())
            : found;
    if (!(outcome instanceof CalendarOutcome.NotFound)) {
      return outcome;
    }
    return lately ? NOT_YET : new CalendarOutcome.Refused(OUT_OF_REACH);
  }

  /** A read whose answer was lost leaves no doubt about the entry. */
  private static CalendarOutcome nothingDone(CalendarOutcome.Trouble why) {
    return why instanceof CalendarOutcome.Unknown unknown
        ? new CalendarOutcome.TryLater(unknown.delay())
        : why;
  }

  private EntryChange make(EntryName first, CalendarEntry entry) {
    EntryChange found =
        doubtful ? firstThatStands(first, name -> findAndUpdate(name, entry)) : NONE;
    return found.outcome() instanceof CalendarOutcome.Gone
        ? orRefused(firstThatStands(first, name -> create(name, entry)))
        : found;
  }

  private static EntryChange firstThatStands(
      EntryName first, Function<EntryName, CalendarOutcome> ask) {
    EntryName name = first;
    for (int i = 0; i <= RENEWALS; i++, name = name.next()) {
      CalendarOutcome outcome = ask.apply(name);
      if (!(outcome instanceof CalendarOutcome.Gone)) {
        return new EntryChange(outcome, name.generation());
      }
    }
    return NONE;
  }

  private static EntryChange orRefused(EntryChange made) {
    return made.outcome() instanceof CalendarOutcome.Gone
        ? new EntryChange(new CalendarOutcome.Refused("deleted-again-and-again"), made.generation())
        : made;
  }

  private CalendarOutcome findAndUpdate(EntryName name, CalendarEntry entry) {
    return changed(calendar.find(mailbox.address(), name), id -> update(id, entry));
  }

  /**
   * A name that is in use though nothing is found under it has an entry that does not show yet, or
   * one that somebody has deleted. The first stays possible for a while from the first doubt on.
   */
  private CalendarOutcome create(EntryName name, CalendarEntry entry) {
    CalendarOutcome outcome = calendar.create(mailbox.address(), name, entry);
    if (!(outcome instanceof CalendarOutcome.NotFound)) {
      return outcome;
    }
    if (!doubtful) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
    return lately ? NOT_YET : new CalendarOutcome.Gone();
  }

  private CalendarOutcome update(String id, CalendarEntry entry) {
    return calendar.update(mailbox.address(), id, entry, lately);
  }

  private CalendarOutcome removed(String id) {
    return calendar.remove(mailbox.address(), id, lately);
  }

  private EntryName name(int generation) {
    return new EntryName(root, mailbox.key(), generation);
  }
}
