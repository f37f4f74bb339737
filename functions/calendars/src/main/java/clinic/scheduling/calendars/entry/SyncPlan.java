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
 * What has to be so in the calendars, whatever happened before: the present visit, the present
 * policy and rules, and what the ledger knows go in, effects come out. Pure, and total over every
 * status.
 *
 * @param verdict why
 * @param effects in any order; doing one twice does no harm
 */
public record SyncPlan(Verdict verdict, List<Effect> effects) {

  /** What the visit means for calendars. */
  public enum Verdict {
    /** One entry in each calendar of the clinician that takes from Canvas. */
    SHOWN,
    /** No entry anywhere. */
    NOT_SHOWN,
    /** Nothing is touched, and looking again later may help. */
    NOT_YET_CLEAR,
    /** Nothing is touched: Canvas says something that this system does not know. */
    UNKNOWN
  }

  /**
   * @param bindings the calendars of the clinician whose visit it is now; empty if there is none
   */
  public static SyncPlan of(
      Visit visit, List<CalendarBinding> bindings, KnownEntries known, EntryRules rules) {
    Verdict verdict = verdictOf(visit, known, rules);
    List<Effect> effects =
        switch (verdict) {
          case SHOWN -> shown(visit, visit.time().orElseThrow(), bindings, known);
          case NOT_SHOWN -> removals(known, key -> true, Why.OFF).toList();
          case NOT_YET_CLEAR, UNKNOWN -> List.of();
        };
    return new SyncPlan(verdict, effects);
  }

  private static Verdict verdictOf(Visit visit, KnownEntries known, EntryRules rules) {
    return switch (visit.sight()) {
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
      AppointmentStatus status, Visit visit, KnownEntries known, EntryRules rules) {
    return switch (status) {
      case PROPOSED, PENDING, BOOKED, ARRIVED, FULFILLED -> shownIf(true, visit, known, rules);
      case CHECKED_IN -> shownIf(rules.checkedIn(), visit, known, rules);
      case NOSHOW -> shownIf(rules.noShow(), visit, known, rules);
      case WAITLIST, CANCELLED, ENTERED_IN_ERROR -> Verdict.NOT_SHOWN;
    };
  }

  private static Verdict shownIf(boolean kept, Visit visit, KnownEntries known, EntryRules rules) {
    boolean comesBack = !known.ended().isEmpty();
    if (!kept || (comesBack && !rules.restored())) {
      return Verdict.NOT_SHOWN;
    }
    return visit.time().isPresent() ? Verdict.SHOWN : Verdict.UNKNOWN;
  }

  private static List<Effect> shown(
      Visit visit, Interval time, List<CalendarBinding> bindings, KnownEntries known) {
    List<CalendarBinding> wanted =
        bindings.stream().filter(CalendarBinding::takesFromCanvas).toList();
    Set<String> keys = wanted.stream().map(CalendarBinding::key).collect(Collectors.toSet());
    Stream<Effect> puts =
        wanted.stream().map(binding -> new Effect.Put(binding, EntryText.of(visit, time, binding)));
    return Stream.concat(puts, removals(known, key -> !keys.contains(key), Why.ELSEWHERE)).toList();
  }

  private static Stream<Effect> removals(KnownEntries known, Predicate<String> unwanted, Why why) {
    return known.bindings().stream()
        .filter(unwanted)
        .sorted()
        .map(binding -> new Effect.Remove(binding, why));
  }
}
