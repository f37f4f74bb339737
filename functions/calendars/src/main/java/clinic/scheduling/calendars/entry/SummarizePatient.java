package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads out of a Canvas patient what a calendar may show. Pure. */
final class SummarizePatient {
  private SummarizePatient() {}

  /**
   * @param today a number that is the patient's on this day is shown
   */
  static PatientSummary of(Patient patient, Appointment visit, boolean atHome, LocalDate today) {
    Optional<HumanName> name = patient.officialName();
    String given =
        name.map(HumanName::given).stream()
            .flatMap(List::stream)
            .map(Phi::value)
            .findFirst()
            .orElse("");
    String family = name.map(HumanName::family).map(Phi::value).orElse("");
    return new PatientSummary(
        Phi.of((given + " " + family).strip()),
        Phi.of(initial(given) + initial(family)),
        patient.contacts("phone").stream()
            .filter(one -> one.isInUse(today))
            .map(Telecom::value)
            .flatMap(Stream::ofNullable)
            .findFirst(),
        reason(visit),
        atHome ? home(patient) : Optional.empty());
  }

  private static String initial(String name) {
    return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + ".";
  }

  private static Optional<Phi<String>> reason(Appointment visit) {
    List<CodeableConcept> reasons = visit.reasonCode() == null ? List.of() : visit.reasonCode();
    return reasons.stream()
        .flatMap(one -> inWords(one).stream())
        .findFirst()
        .or(() -> Optional.ofNullable(visit.description()));
  }

  private static Optional<Phi<String>> inWords(CodeableConcept reason) {
    return Optional.ofNullable(reason.text())
        .or(() -> reason.first().map(Coding::display).map(Phi::of));
  }

  private static Optional<Phi<HomeAddress>> home(Patient patient) {
    List<Patient.Address> addresses = patient.address() == null ? List.of() : patient.address();
    return addresses.stream()
        .findFirst()
        .map(
            one ->
                Phi.of(
                    new HomeAddress(
                        street(one), text(one.city()), text(one.state()), text(one.postalCode()))));
  }

  private static String street(Patient.Address address) {
    return Stream.ofNullable(address.line())
        .flatMap(List::stream)
        .map(Phi::value)
        .collect(Collectors.joining(", "));
  }

  private static String text(@Nullable Phi<String> part) {
    return part == null ? "" : part.value();
  }
}
