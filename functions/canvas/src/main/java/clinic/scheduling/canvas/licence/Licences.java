package clinic.scheduling.canvas.licence;

import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Practitioner.Qualification;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practitioner.Licence;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The states where a clinician may treat patients. A licence counts only if its type, its state,
 * its first day and its last day are readable (docs/facts/canvas.md 4.2). It is valid from its
 * first to its last day, both inclusive, in the time zone of the location.
 */
public final class Licences {
  private static final Set<String> LICENCE_TYPES = Set.of("STATE", "License");
  private static final String TAXONOMY = "TAXONOMY";

  private final List<Licence> licences;
  private final List<Qualification> all;

  private Licences(List<Licence> licences, List<Qualification> all) {
    this.licences = licences;
    this.all = all;
  }

  /** The readable licences in Canvas, and those in the practice document. */
  public static Licences of(Practitioner practitioner, Collection<Licence> ofPractice) {
    List<Qualification> all = practitioner.qualifications();
    Stream<Licence> ofCanvas =
        all.stream().filter(Licences::isToPractise).flatMap(one -> licence(one).stream());
    return new Licences(Stream.concat(ofCanvas, ofPractice.stream()).toList(), all);
  }

  /** The licences of a clinician whom Canvas does not show: none. */
  public static Licences none() {
    return new Licences(List.of(), List.of());
  }

  /** Whether a visit is allowed on this local day with the patient in this state. */
  public boolean allows(String state, LocalDate day) {
    return licences.stream().anyMatch(one -> one.state().equals(state) && covers(one, day));
  }

  /** Whether a visit is allowed on every local day that it touches. */
  public boolean allows(String state, Interval visit, ZoneId zone) {
    LocalDate first = LocalDate.ofInstant(visit.start(), zone);
    LocalDate last = LocalDate.ofInstant(visit.end().minusNanos(1), zone);
    return first.datesUntil(last.plusDays(1)).allMatch(day -> allows(state, day));
  }

  /** The states where a visit on this day is allowed, in order. */
  public List<String> states(LocalDate day) {
    return licences.stream()
        .filter(one -> covers(one, day))
        .map(Licence::state)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * When visits are allowed.
   *
   * @param state where the patient is; empty means any state
   */
  public List<Interval> periods(Optional<String> state, ZoneId zone) {
    return in(state)
        .flatMap(
            one ->
                Interval.between(
                    one.start().atStartOfDay(zone).toInstant(),
                    one.end().plusDays(1).atStartOfDay(zone).toInstant())
                    .stream())
        .toList();
  }

  /** Why no visit is allowed on this day or later. Call this only if no visit is allowed then. */
  public LicenceGap gap(Optional<String> state, LocalDate first) {
    if (in(state).findAny().isPresent()) {
      return in(state).allMatch(one -> one.start().isAfter(first))
          ? LicenceGap.NOT_YET_VALID
          : LicenceGap.EXPIRED;
    }
    if (all.stream().anyMatch(one -> isToPractise(one) && licence(one).isEmpty())) {
      return LicenceGap.UNREADABLE;
    }
    return licences.isEmpty() ? LicenceGap.MISSING : LicenceGap.ELSEWHERE;
  }

  /** The clinician's NUCC taxonomy codes on this day. */
  public List<String> taxonomies(LocalDate day) {
    return all.stream()
        .filter(one -> TAXONOMY.equals(one.kind()))
        .filter(one -> one.firstDay().filter(first -> !day.isBefore(first)).isPresent())
        .filter(one -> one.lastDay().filter(last -> !day.isAfter(last)).isPresent())
        .flatMap(one -> one.number().stream())
        .toList();
  }

  private Stream<Licence> in(Optional<String> state) {
    return licences.stream().filter(one -> state.map(one.state()::equals).orElse(true));
  }

  private static boolean covers(Licence one, LocalDate day) {
    return !day.isBefore(one.start()) && !day.isAfter(one.end());
  }

  private static boolean isToPractise(Qualification one) {
    return LICENCE_TYPES.contains(one.kind());
  }

  private static Optional<Licence> licence(Qualification one) {
    Optional<String> state = one.state().filter(text -> text.matches("[A-Z]{2}"));
    Optional<LocalDate> start = one.firstDay();
    Optional<LocalDate> end = one.lastDay();
    return state.isPresent()
            && start.isPresent()
            && end.isPresent()
            && !end.get().isBefore(start.get())
        ? Optional.of(new Licence(state.get(), start.get(), end.get()))
        : Optional.empty();
  }
}
