package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.entry.Effect.Why;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.EntryRules;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The effects that a visit requires in all calendars, whatever they show now. The plan follows from
 * the visit as it is now, the calendars' policies, the practice's rules and what the ledger knows.
 * Pure, and defined for every status ({@code docs/appointment-statuses.md}).
 *
 * @param verdict the reason for the effects
 * @param effects the effects, in any order
 */
public record SyncPlan(Verdict verdict, List<Effect> effects) {

  /** How calendars show the visit. */
  public enum Verdict {
    /**
     * The visit has one entry in each of the clinician's calendars that are synchronised from
     * Canvas.
     */
    SHOWN,
    /** The visit has no entry in any calendar. */
    NOT_SHOWN,
    /** We do not know yet. Nothing is changed, and a later read of Canvas may tell. */
    NOT_YET_CLEAR,
    /**
     * Canvas returned a status that this system does not know, or a time that cannot be read.
     * Nothing is changed.
     */
    UNKNOWN
  }

  /**
   * @param bindings the calendars of the clinician who has the visit now; empty if that clinician
   *     has none
   */
  public static SyncPlan of(
      CanvasVisit visit, List<CalendarBinding> bindings, KnownEntries known, EntryRules rules) {
    Verdict verdict = verdictOf(visit, known, rules);
    List<Effect> effects =
        switch (verdict) {
          case SHOWN -> shown(visit, visit.time().orElseThrow(), bindings, known);
          case NOT_SHOWN -> removals(known, key -> true, Why.OFF).toList();
          case NOT_YET_CLEAR, UNKNOWN -> List.of();
        };
    return new SyncPlan(verdict, effects);
  }

  private static Verdict verdictOf(CanvasVisit visit, KnownEntries known, EntryRules rules) {
    return switch (visit.visibility()) {
      case ABSENT -> Verdict.NOT_SHOWN;
      case REPLACED -> Verdict.NOT_YET_CLEAR;
      case PRESENT ->
          switch (visit.kind()) {
            case OUR_BLOCK -> Verdict.NOT_SHOWN;
            case OF_PATIENT, BUSY_TIME ->
                visit
                    .status()
                    .map(status -> byStatus(status, visit, known, rules))
                    .orElse(Verdict.UNKNOWN);
          };
    };
  }

  private static Verdict byStatus(
      AppointmentStatus status, CanvasVisit visit, KnownEntries known, EntryRules rules) {
    return switch (status) {
      case PROPOSED, PENDING, BOOKED, ARRIVED, FULFILLED -> shownIf(true, visit, known, rules);
      case CHECKED_IN -> shownIf(rules.checkedIn(), visit, known, rules);
      case NOSHOW -> shownIf(rules.noShow(), visit, known, rules);
      case WAITLIST, CANCELLED, ENTERED_IN_ERROR -> Verdict.NOT_SHOWN;
    };
  }

  private static Verdict shownIf(
      boolean shown, CanvasVisit visit, KnownEntries known, EntryRules rules) {
    boolean wasRemovedBefore = !known.removedAsOff().isEmpty();
    if (!shown || (wasRemovedBefore && !rules.restored())) {
      return Verdict.NOT_SHOWN;
    }
    return visit.time().isPresent() ? Verdict.SHOWN : Verdict.UNKNOWN;
  }

  private static List<Effect> shown(
      CanvasVisit visit, Interval time, List<CalendarBinding> bindings, KnownEntries known) {
    List<CalendarBinding> synced =
        bindings.stream().filter(CalendarBinding::takesFromCanvas).toList();
    Set<String> keys = synced.stream().map(CalendarBinding::key).collect(Collectors.toSet());
    Stream<Effect> puts =
        synced.stream().map(binding -> new Effect.Put(binding, EntryText.of(visit, time, binding)));
    return Stream.concat(puts, removals(known, key -> !keys.contains(key), Why.ELSEWHERE)).toList();
  }

  private static Stream<Effect> removals(KnownEntries known, Predicate<String> unwanted, Why why) {
    return known.bindings().stream()
        .filter(unwanted)
        .sorted()
        .map(binding -> new Effect.Remove(binding, why));
  }
}
