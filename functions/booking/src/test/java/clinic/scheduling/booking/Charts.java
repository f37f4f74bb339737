package clinic.scheduling.booking;

import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import java.util.Arrays;
import java.util.List;

/** Patient records as staff create them. */
final class Charts {
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

  private Charts() {}

  /**
   * @param given names with a bar between them
   */
  static Patient of(
      String given, String family, String born, List<Telecom> contacts, Identifier identifier) {
    List<Phi<String>> names = Arrays.stream(given.split("\\|", -1)).map(Phi::of).toList();
    return new Patient(
        "Patient",
        null,
        List.of(Extension.ofCode(BIRTH_SEX, "UNK")),
        List.of(identifier),
        true,
        List.of(new HumanName("official", null, Phi.of(family), names)),
        contacts.isEmpty() ? null : contacts,
        null,
        "unknown",
        Phi.of(born));
  }
}
