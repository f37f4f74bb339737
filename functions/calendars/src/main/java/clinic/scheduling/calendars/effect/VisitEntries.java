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
 * has a name that was chosen before it was created. So we can search for the entry by its name
 * before we create an entry or stop tracking one. We do this if the provider finds nothing under an
 * id, or if the outcome of the last change is unknown.
 *
 * <p>Two flags decide what it means that a search finds nothing. If {@code inDoubt} is true, the
 * last worker may have created the entry under one of the next names, so we search for all of them.
 * If {@code recent} is true, the provider may not show the entry yet, so the outcome is {@code
 * Busy}; otherwise the entry counts as gone.
 *
 * @param before what the ledger says about the entry
 * @param inDoubt whether the outcome of the last change is unknown, because its worker died or the
 *     provider gave no answer; then only the calendar shows whether the entry exists
 * @param recent whether the entry was written so recently that the provider may not show it yet
 */
record VisitEntries(
    Calendar calendar,
    Mailbox mailbox,
    String root,
    Entry before,
    boolean inDoubt,
    boolean recent) {
  /**
   * How many further names one call tries if somebody has deleted the entries of the earlier names.
   */
  static final int MAX_RECREATIONS = 2;

  /**
   * We assume that a provider shows a new entry within this time, both by its id and in a search
   * for its name.
   */
  static final Duration VISIBLE_WITHIN = Duration.ofMinutes(2);

  private static final CalendarOutcome NOT_VISIBLE_YET = CalendarOutcome.Busy.notVisibleYet();
  private static final String FOUND_ONLY_BY_NAME = "found-but-out-of-reach";

  /**
   * The outcome of changing an entry.
   *
   * @param generation the generation of the entry that exists now or, if there is none, of the next
   *     entry
   * @param corrected whether somebody had changed or deleted the entry
   */
  record ChangeResult(CalendarOutcome outcome, int generation, boolean corrected) {
    ChangeResult(CalendarOutcome outcome, int generation) {
      this(outcome, generation, false);
    }

    private ChangeResult asCorrection() {
      return new ChangeResult(outcome, generation, true);
    }
  }

  /**
   * The first generation under which no entry can exist, even if the outcome of the last change is
   * unknown. The last worker may have found the entry of {@code before} deleted, and then have
   * tried the next names.
   */
  static int firstUnusedGeneration(Entry before) {
    return before.generation() + MAX_RECREATIONS + 2;
  }

  /** Creates the entry, or updates it if the ledger knows its id. */
  ChangeResult put(CalendarEntry entry) {
    if (before.external().isEmpty()) {
      return create(name(before.generation()), entry);
    }
    CalendarOutcome outcome = changeByIdOrName(id -> update(id, entry));
    return outcome.isGone()
        ? create(name(before.generation()).next(), entry)
        : new ChangeResult(outcome, before.generation());
  }

  /**
   * Reads back an entry that the ledger says is up to date, and writes it again if it differs or is
   * no longer there.
   */
  ChangeResult verify(CalendarEntry entry) {
    return calendar
        .read(mailbox.address(), before.external(), entry.time())
        .fold(
            found ->
                found.content().equals(calendar.expectedContent(entry))
                    ? new ChangeResult(
                        new CalendarOutcome.Exists(before.external()), before.generation())
                    : put(entry).asCorrection(),
            absent -> put(entry).asCorrection(),
            unreadable -> new ChangeResult(unreadable.why().asReadOutcome(), before.generation()));
  }

  /**
   * Removes the entry. If the outcome of the last change is unknown, this also removes every entry
   * that the last worker may have created.
   */
  ChangeResult remove() {
    if (!before.external().isEmpty()) {
      CalendarOutcome outcome = changeByIdOrName(this::removeById);
      if (!outcome.isGone()) {
        return new ChangeResult(outcome, before.generation());
      }
    }
    return inDoubt
        ? removeByNames()
        : new ChangeResult(new CalendarOutcome.Gone(), before.generation() + 1);
  }

  /**
   * Removes the entry under every name that the last worker may have used. At most one entry
   * exists, so after finding it we need not wait for another.
   */
  private ChangeResult removeByNames() {
    EntryName name = name(before.generation());
    boolean mayAppearLater = recent;
    for (int i = 0; i <= MAX_RECREATIONS + 1; i++, name = name.next()) {
      CalendarOutcome found = calendar.find(mailbox.address(), name);
      CalendarOutcome outcome = applyTo(found, this::removeById);
      if (!outcome.isGone()) {
        return new ChangeResult(outcome, before.generation());
      }
      mayAppearLater &= found.asExists().isEmpty();
    }
    return mayAppearLater
        ? new ChangeResult(NOT_VISIBLE_YET, before.generation())
        : new ChangeResult(new CalendarOutcome.Gone(), name.generation() + 1);
  }

  /**
   * Changes the entry by its id. If the provider finds nothing under the id, that does not prove
   * that the entry is gone: a new entry may not be visible yet. If we stopped tracking the entry,
   * the calendar could end up with two entries, or with an entry that is never removed. So we
   * search for the entry by its name, and wait as long as it may still appear.
   */
  private CalendarOutcome changeByIdOrName(Function<String, CalendarOutcome> change) {
    CalendarOutcome outcome = change.apply(before.external());
    if (!outcome.isNotFound()) {
      return outcome;
    }
    CalendarOutcome found = calendar.find(mailbox.address(), name(before.generation()));
    return found.isGone() && recent ? NOT_VISIBLE_YET : applyTo(found, change);
  }

  /**
   * Changes the entry that a search has found. For a while the provider may not find it by its id.
   * If that lasts, the outcome is {@code Refused}: the ledger keeps tracking the entry, and no
   * second one is created.
   */
  private CalendarOutcome applyTo(CalendarOutcome found, Function<String, CalendarOutcome> change) {
    CalendarOutcome outcome =
        found.asExists().map(it -> change.apply(it.externalId())).orElse(found);
    if (!outcome.isNotFound()) {
      return outcome;
    }
    return recent ? NOT_VISIBLE_YET : new CalendarOutcome.Refused(FOUND_ONLY_BY_NAME);
  }

  /**
   * Creates the entry. If the outcome of the last change is unknown, this first searches for an
   * entry that the last worker has created, and updates that entry.
   */
  private ChangeResult create(EntryName first, CalendarEntry entry) {
    if (inDoubt) {
      ChangeResult found = firstNotGone(first, name -> findAndUpdate(name, entry));
      if (!found.outcome().isGone()) {
        return found;
      }
    }
    ChangeResult created = firstNotGone(first, name -> createNamed(name, entry));
    return created.outcome().isGone()
        ? new ChangeResult(
            new CalendarOutcome.Refused("deleted-again-and-again"), created.generation())
        : created;
  }

  /** Tries one name after the other, as long as somebody has deleted the entry of that name. */
  private static ChangeResult firstNotGone(
      EntryName first, Function<EntryName, CalendarOutcome> attempt) {
    EntryName name = first;
    for (int i = 0; i <= MAX_RECREATIONS; i++, name = name.next()) {
      CalendarOutcome outcome = attempt.apply(name);
      if (!outcome.isGone()) {
        return new ChangeResult(outcome, name.generation());
      }
    }
    return new ChangeResult(new CalendarOutcome.Gone(), 0);
  }

  private CalendarOutcome findAndUpdate(EntryName name, CalendarEntry entry) {
    return applyTo(calendar.find(mailbox.address(), name), id -> update(id, entry));
  }

  /**
   * Creates the entry. If its name is in use but a search finds nothing, then the entry is not
   * visible yet, or somebody has deleted it. It may become visible within {@link #VISIBLE_WITHIN}
   * of the last write, so the next name is used only after that time.
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

  private CalendarOutcome removeById(String id) {
    return calendar.remove(mailbox.address(), id, recent);
  }

  private EntryName name(int generation) {
    return new EntryName(root, mailbox.key(), generation);
  }
}
