package clinic.scheduling.sandbox.canvas.patients;

import static clinic.scheduling.sandbox.canvas.fhir.Schema.fields;
import static clinic.scheduling.sandbox.canvas.fhir.Schema.listOf;
import static clinic.scheduling.sandbox.canvas.fhir.Schema.text;

import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.Schema;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The fields that a Patient may have, and what Canvas requires. */
public final class PatientSchema {
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static final Set<String> SEXES = Set.of("M", "F", "OTH", "UNK");
  private static final Schema NAME =
      fields()
          .with("use", text("usual", "official", "temp", "nickname", "anonymous", "old", "maiden"))
          .with("family", text())
          .with("given", listOf(text()))
          .with("text", text())
          .also("id", "prefix", "suffix", "period", "extension");
  private static final Schema TELECOM =
      fields()
          .with("system", text("phone", "fax", "email", "pager", "url", "sms", "other"))
          .with("value", text())
          .with("use", text("home", "work", "temp", "old", "mobile"))
          .with("rank", Schema.Scalar.WHOLE)
          .also("id", "extension", "period")
          .requiring("system", "value");
  private static final Schema IDENTIFIER =
      fields()
          .with("use", text("usual", "official", "temp", "secondary", "old"))
          .with("system", text())
          .with("value", text())
          .also("id", "type", "period", "assigner", "extension")
          .requiring("system", "value");

  public static final Schema CONTACTS = listOf(TELECOM);

  static final Schema BODY =
      fields()
          .with("resourceType", text("Patient"))
          .with("id", text())
          .with("active", Schema.Scalar.FLAG)
          .with("name", listOf(NAME))
          .with("telecom", listOf(TELECOM))
          .with("identifier", listOf(IDENTIFIER))
          .with("gender", text("male", "female", "other", "unknown"))
          .with("birthDate", Schema.Scalar.DATE)
          .with("deceasedBoolean", Schema.Scalar.FLAG)
          .also("extension", "address", "contact", "communication", "maritalStatus", "photo")
          .also("generalPractitioner", "managingOrganization", "link", "deceasedDateTime")
          .also("multipleBirthBoolean", "multipleBirthInteger", "contained", "meta", "text")
          .also("language", "implicitRules", "modifierExtension")
          .requiring("resourceType", "name", "gender", "birthDate", "extension");

  private PatientSchema() {}

  /**
   * Checks what the schema cannot express: a birth sex and one official name.
   *
   * @throws FhirException 400
   */
  static void requireCore(ObjectNode body) {
    boolean sex =
        body.path("extension")
            .valueStream()
            .filter(extension -> extension.path("url").asText().equals(BIRTH_SEX))
            .anyMatch(extension -> SEXES.contains(extension.path("valueCode").asText()));
    long official = body.path("name").valueStream().filter(PatientSchema::isOfficial).count();
    if (!sex || official != 1) {
      throw FhirException.badRequest();
    }
  }

  private static boolean isOfficial(JsonNode name) {
    return name.path("use").asText().equals("official")
        && name.has("family")
        && !name.path("given").isEmpty();
  }
}
