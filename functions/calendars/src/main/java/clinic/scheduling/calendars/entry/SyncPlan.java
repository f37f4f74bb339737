package clinic.scheduling.calendars.entry;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to be so in the calendars, whatever happened before: the present visit, the present
 * policy and what the ledger knows go in, effects come out. Pure, and total over every status.
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
   * @param standing keys of the bindings where the ledger knows of an entry, past or present
   */
  public static SyncPlan of(Visit visit, List<CalendarBinding> bindings, Set<String> standing) {
    Verdict verdict = verdictOf(visit);
    List<Effect> effects =
        switch (verdict) {
          case SHOWN -> shown(visit, visit.time().orElseThrow(), bindings, standing);
          case NOT_SHOWN -> removals(standing, key -> true).toList();
          case NOT_YET_CLEAR, UNKNOWN -> List.of();
        };
    return new SyncPlan(verdict, effects);
  }

  private static Verdict verdictOf(Visit visit) {
    return switch (visit.sight()) {
      case ABSENT -> Verdict.NOT_SHOWN;
      case REPLACED -> Verdict.NOT_YET_CLEAR;
      case PRESENT ->
          switch (visit.kind()) {
            case OUR_BLOCK -> Verdict.NOT_SHOWN;
            case OF_PATIENT, BUSY_TIME -> byStatus(visit);
          };
    };
  }

  private static Verdict byStatus(Visit visit) {
    if (visit.status().isEmpty()) {
      return Verdict.UNKNOWN;
    }
    return switch (visit.status().get()) {
      case PROPOSED, PENDING, BOOKED, ARRIVED, CHECKED_IN, FULFILLED, NOSHOW ->
          visit.time().isPresent() ? Verdict.SHOWN : Verdict.UNKNOWN;
      case WAITLIST, CANCELLED, ENTERED_IN_ERROR -> Verdict.NOT_SHOWN;
    };
  }

  private static List<Effect> shown(
      Visit visit, Interval time, List<CalendarBinding> bindings, Set<String> standing) {
    List<CalendarBinding> wanted =
        bindings.stream().filter(CalendarBinding::takesFromCanvas).toList();
    Set<String> keys = wanted.stream().map(CalendarBinding::key).collect(Collectors.toSet());
    Stream<Effect> puts =
        wanted.stream().map(binding -> new Effect.Put(binding, EntryText.of(visit, time, binding)));
    return Stream.concat(puts, removals(standing, key -> !keys.contains(key))).toList();
  }

  private static Stream<Effect> removals(Set<String> standing, Predicate<String> unwanted) {
    return standing.stream().filter(unwanted).sorted().map(Effect.Remove::new);
  }
}
