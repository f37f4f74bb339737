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

/**
 * What a calendar may show about a patient. {@code docs/facts/canvas.md} 3.1 and 4.1 describe the
 * Canvas fields.
 *
 * @param name given and family name
 * @param reason the reason for the visit, in the patient's or the practice's words
 * @param home the address to which the clinician goes; empty unless the visit is a home visit
 */
public record PatientSummary(
    Phi<String> name,
    Phi<String> initials,
    Optional<Phi<String>> phone,
    Optional<Phi<String>> reason,
    Optional<Phi<HomeAddress>> home) {

  /**
   * @param today the day on which a phone number must be in use to be shown
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
        .flatMap(one -> text(one).stream())
        .findFirst()
        .or(() -> Optional.ofNullable(visit.description()));
  }

  private static Optional<Phi<String>> text(CodeableConcept reason) {
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
