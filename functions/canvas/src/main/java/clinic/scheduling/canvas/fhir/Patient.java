package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A patient (FHIR R4 Patient; docs/facts/canvas.md 4.1). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Patient(
    String resourceType,
    @Nullable String id,
    @Nullable List<Extension> extension,
    @Nullable List<Identifier> identifier,
    @Nullable Boolean active,
    @Nullable List<HumanName> name,
    @Nullable List<Telecom> telecom,
    @Nullable List<Address> address,
    @Nullable String gender,
    @Nullable Phi<String> birthDate,
    @Nullable List<Language> communication) {
  private static final String ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code";

  /** A patient without a stated language. */
  public Patient(
      String resourceType,
      @Nullable String id,
      @Nullable List<Extension> extension,
      @Nullable List<Identifier> identifier,
      @Nullable Boolean active,
      @Nullable List<HumanName> name,
      @Nullable List<Telecom> telecom,
      @Nullable List<Address> address,
      @Nullable String gender,
      @Nullable Phi<String> birthDate) {
    this(
        resourceType,
        id,
        extension,
        identifier,
        active,
        name,
        telecom,
        address,
        gender,
        birthDate,
        null);
  }

  /** A language that a patient speaks (FHIR R4 Patient.communication), by its BCP 47 code. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Language(@Nullable CodeableConcept language, @Nullable Boolean preferred) {}

  /** Where a patient lives (FHIR R4 Address). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Address(
      @Nullable List<Phi<String>> line,
      @Nullable Phi<String> city,
      @Nullable Phi<String> state,
      @Nullable Phi<String> postalCode) {}

  /** The official name, or else the first name that is not a former one. */
  public Optional<HumanName> officialName() {
    List<HumanName> names =
        Stream.ofNullable(name)
            .flatMap(List::stream)
            .filter(one -> !"old".equals(one.use()) && !"maiden".equals(one.use()))
            .toList();
    return Stream.concat(names.stream().filter(one -> "official".equals(one.use())), names.stream())
        .findFirst();
  }

  /** The preferred language, or else the first one, as {@code es} or {@code es-MX}. */
  public Optional<String> spokenLanguage() {
    List<Language> spoken = communication == null ? List.of() : communication;
    return Stream.concat(
            spoken.stream().filter(one -> Boolean.TRUE.equals(one.preferred())), spoken.stream())
        .flatMap(one -> Stream.ofNullable(one.language()))
        .flatMap(one -> one.first().stream())
        .flatMap(coding -> Stream.ofNullable(coding.code()))
        .findFirst();
  }

  /** The patient's IANA time zone. */
  public Optional<String> zone() {
    return extension == null
        ? Optional.empty()
        : extension.stream()
            .filter(one -> ZONE.equals(one.url()))
            .flatMap(one -> Stream.ofNullable(one.valueCode()))
            .findFirst();
  }

  /** Whether the patient has an identifier of this system. */
  public boolean hasIdentifier(String system) {
    return identifier != null && identifier.stream().anyMatch(one -> system.equals(one.system()));
  }

  /** Whether the patient has this identifier and it is not marked as old. */
  public boolean hasIdentifier(String system, String value) {
    return identifier != null
        && identifier.stream()
            .filter(one -> !"old".equals(one.use()))
            .anyMatch(one -> system.equals(one.system()) && value.equals(one.value()));
  }

  /** The contact points of a system, {@code phone} or {@code email}, the highest rank first. */
  public List<Telecom> contacts(String system) {
    return telecom == null
        ? List.of()
        : telecom.stream()
            .filter(one -> system.equals(one.system()) && one.value() != null)
            .sorted(Comparator.comparingInt(Patient::rank))
            .toList();
  }

  /** 1 is the highest rank; contact points without a rank come last. */
  private static int rank(Telecom contact) {
    return contact.rank() == null ? Integer.MAX_VALUE : contact.rank();
  }
}
