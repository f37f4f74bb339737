package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.ledger.Entry;
import java.time.Duration;
import java.util.function.Function;

/**
 * The entries of one visit in one calendar, of which at most one may exist at a time. Every entry
 * has a name that was chosen before it was created. So where an id leads nowhere, or the worker
 * before died, the entry is looked up by its name before anything is created or given up.
 *
 * @param before what the ledger says of the entry
 * @param inDoubt whether a worker died while changing the entry, so that only the calendar knows
 * @param recent whether the entry was written so recently that the provider may not show it yet
 */
record VisitEntries(
    Calendar calendar,
    Mailbox mailbox,
    String root,
    Entry before,
    boolean inDoubt,
    boolean recent) {
  /** How often one call creates an entry again that somebody has deleted. */
  static final int RECREATIONS = 2;

  /** Within this time a provider shows a new entry, by its id and in a search for its name. */
  static final Duration VISIBLE_WITHIN = Duration.ofMinutes(2);

  private static final CalendarOutcome NOT_VISIBLE_YET = CalendarOutcome.Busy.notVisibleYet();
  private static final String OUT_OF_REACH = "found-but-out-of-reach";

  /**
   * What came of changing an entry.
   *
   * @param generation of the entry that exists now, or that the next one gets
   * @param putRight whether somebody had changed or deleted the entry
   */
  record Change(CalendarOutcome outcome, int generation, boolean putRight) {
    Change(CalendarOutcome outcome, int generation) {
      this(outcome, generation, false);
    }

    private Change afterSomebodyElse() {
      return new Change(outcome, generation, true);
    }
  }

  /** Creates the entry, or updates it under the id that it has. */
  Change put(CalendarEntry entry) {
    if (before.external().isEmpty()) {
      return create(name(before.generation()), entry);
    }
    CalendarOutcome outcome = byIdOrName(id -> update(id, entry));
    return outcome.isGone()
        ? create(name(before.generation()).next(), entry)
        : new Change(outcome, before.generation());
  }

  /** Checks that an entry which the ledger calls up to date still is, and otherwise puts it. */
  Change verify(CalendarEntry entry) {
    return calendar
        .read(mailbox.address(), before.external(), entry.time())
        .fold(
            found ->
                found.content().equals(calendar.expectedContent(entry))
                    ? new Change(new CalendarOutcome.Exists(before.external()), before.generation())
                    : put(entry).afterSomebodyElse(),
            absent -> put(entry).afterSomebodyElse(),
            unread -> new Change(unread.why().ofRead(), before.generation()));
  }

  /** Removes the entry, and in doubt every entry that the dead worker may have created. */
  Change remove() {
    if (!before.external().isEmpty()) {
      CalendarOutcome outcome = byIdOrName(this::removed);
      if (!outcome.isGone()) {
        return new Change(outcome, before.generation());
      }
    }
    return inDoubt
        ? removeByNames()
        : new Change(new CalendarOutcome.Gone(), before.generation() + 1);
  }

  /** At most one entry exists, so once one was found there is no other one to wait for. */
  private Change removeByNames() {
    EntryName name = name(before.generation());
    boolean mayAppear = recent;
    for (int i = 0; i <= RECREATIONS + 1; i++, name = name.next()) {
      CalendarOutcome found = calendar.find(mailbox.address(), name);
      CalendarOutcome outcome = changed(found, this::removed);
      if (!outcome.isGone()) {
        return new Change(outcome, before.generation());
      }
      mayAppear &= found.asExists().isEmpty();
    }
    return mayAppear
        ? new Change(NOT_VISIBLE_YET, before.generation())
        : new Change(new CalendarOutcome.Gone(), name.generation() + 1);
  }

  /**
   * Changes the entry by its id. An id that leads nowhere does not prove that the entry is gone: a
   * new entry may not be visible yet, and giving it up would leave two entries, or one for good. So
   * we search for its name, and wait as long as it may still appear.
   */
  private CalendarOutcome byIdOrName(Function<String, CalendarOutcome> change) {
    CalendarOutcome outcome = change.apply(before.external());
    if (!outcome.isNotFound()) {
      return outcome;
    }
    CalendarOutcome found = calendar.find(mailbox.address(), name(before.generation()));
    return found.isGone() && recent ? NOT_VISIBLE_YET : changed(found, change);
  }

  /**
   * Changes the entry that a search has found. Its id may lead nowhere for a while. If it still
   * does later, that is an error of this entry: it is neither given up nor created a second time.
   */
  private CalendarOutcome changed(CalendarOutcome found, Function<String, CalendarOutcome> change) {
    CalendarOutcome outcome =
        found.asExists().map(it -> change.apply(it.externalId())).orElse(found);
    if (!outcome.isNotFound()) {
      return outcome;
    }
    return recent ? NOT_VISIBLE_YET : new CalendarOutcome.Refused(OUT_OF_REACH);
  }

  /** In doubt we first search for an entry that the dead worker has created. */
  private Change create(EntryName first, CalendarEntry entry) {
    if (inDoubt) {
      Change found = firstNotGone(first, name -> findAndUpdate(name, entry));
      if (!found.outcome().isGone()) {
        return found;
      }
    }
    Change created = firstNotGone(first, name -> createNamed(name, entry));
    return created.outcome().isGone()
        ? new Change(new CalendarOutcome.Refused("deleted-again-and-again"), created.generation())
        : created;
  }

  /** Tries one name after the other, as long as somebody has deleted the entry of that name. */
  private static Change firstNotGone(
      EntryName first, Function<EntryName, CalendarOutcome> attempt) {
    EntryName name = first;
    for (int i = 0; i <= RECREATIONS; i++, name = name.next()) {
      CalendarOutcome outcome = attempt.apply(name);
      if (!outcome.isGone()) {
        return new Change(outcome, name.generation());
      }
    }
    return new Change(new CalendarOutcome.Gone(), 0);
  }

  private CalendarOutcome findAndUpdate(EntryName name, CalendarEntry entry) {
    return changed(calendar.find(mailbox.address(), name), id -> update(id, entry));
  }

  /**
   * Creates the entry. If its name is in use and a search finds nothing, then the entry is either
   * not visible yet, or somebody has deleted it. The first remains possible for a while after the
   * first doubt; only then the next name is used.
   */
  private CalendarOutcome createNamed(EntryName name, CalendarEntry entry) {
    CalendarOutcome outcome = calendar.create(mailbox.address(), name, entry);
    if (!outcome.isNotFound()) {
      return outcome;
    }
    if (!inDoubt) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
    return recent ? NOT_VISIBLE_YET : new CalendarOutcome.Gone();
  }

  private CalendarOutcome update(String id, CalendarEntry entry) {
    return calendar.update(mailbox.address(), id, entry, recent);
  }

  private CalendarOutcome removed(String id) {
    return calendar.remove(mailbox.address(), id, recent);
  }

  private EntryName name(int generation) {
    return new EntryName(root, mailbox.key(), generation);
  }
}
