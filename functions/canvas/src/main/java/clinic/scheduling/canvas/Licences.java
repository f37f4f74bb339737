package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.Period;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Practitioner.Qualification;
import clinic.scheduling.core.practice.Practitioner.Licence;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a clinician may treat patients. A licence counts only if its kind, state and both days can
 * be read; anything else is no licence (canvas.md 4.2). Both days count, in the zone of the place.
 */
public final class Licences {
  private static final String STATE =
      "http://schemas.canvasmedical.com/fhir/extensions/issuing-authority-state";
  private static final Set<String> TO_PRACTISE = Set.of("STATE", "License");

  private final List<Licence> licences;

  private Licences(List<Licence> licences) {
    this.licences = licences;
  }

  /** The readable licences of Canvas, and those that the practice knows besides. */
  public static Licences of(Practitioner practitioner, Collection<Licence> ofPractice) {
    Stream<Licence> ofCanvas =
        practitioner.qualifications().stream().flatMap(one -> licence(one).stream());
    return new Licences(Stream.concat(ofCanvas, ofPractice.stream()).toList());
  }

  /** Of a clinician about whom Canvas says nothing. */
  public static Licences none() {
    return new Licences(List.of());
  }

  /** Whether a visit on this local day, with the patient in this state, is allowed. */
  public boolean allow(String state, LocalDate day) {
    return licences.stream()
        .anyMatch(
            one ->
                one.state().equals(state) && !day.isBefore(one.start()) && !day.isAfter(one.end()));
  }

  /** Whether a visit on this day is allowed anywhere at all. */
  public boolean allowSomewhere(LocalDate day) {
    return states(day).stream().findFirst().isPresent();
  }

  /** The states where a visit on this day is allowed, in order. */
  public List<String> states(LocalDate day) {
    return licences.stream()
        .filter(one -> allow(one.state(), day))
        .map(Licence::state)
        .distinct()
        .sorted()
        .toList();
  }

  private static Optional<Licence> licence(Qualification one) {
    boolean toPractise =
        one.code() != null && one.code().text() != null && TO_PRACTISE.contains(one.code().text());
    Optional<String> state = state(one);
    Optional<LocalDate> start = day(one.period(), true);
    Optional<LocalDate> end = day(one.period(), false);
    return toPractise && state.isPresent() && start.isPresent() && end.isPresent()
        ? Optional.of(new Licence(state.get(), start.get(), end.get()))
        : Optional.empty();
  }

  private static Optional<String> state(Qualification one) {
    List<Extension> extensions =
        one.issuer() == null || one.issuer().extension() == null
            ? List.of()
            : one.issuer().extension();
    return extensions.stream()
        .filter(extension -> STATE.equals(extension.url()))
        .flatMap(extension -> Stream.ofNullable(extension.valueString()))
        .findFirst();
  }

  private static Optional<LocalDate> day(@Nullable Period period, boolean first) {
    @Nullable String text = period == null ? null : first ? period.start() : period.end();
    try {
      return text == null || text.length() < 10
          ? Optional.empty()
          : Optional.of(LocalDate.parse(text.substring(0, 10)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
