package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A clinician (FHIR R4 Practitioner; docs/facts/canvas.md 4.2). Names of clinicians are not patient
 * data.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Practitioner(
    @Nullable String id,
    @Nullable Boolean active,
    @Nullable List<Extension> extension,
    @Nullable List<Name> name,
    @Nullable List<Qualification> qualification) {
  private static final String STATE =
      "http://schemas.canvasmedical.com/fhir/extensions/issuing-authority-state";
  private static final String MEETING_ROOM =
      "http://schemas.canvasmedical.com/fhir/extensions/practitioner-personal-meeting-room-link";

  /** The name of a clinician. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Name(@Nullable String text, @Nullable String family) {}

  /** A licence, certification or taxonomy entry. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Qualification(
      @Nullable List<Identifier> identifier,
      @Nullable Kind code,
      @Nullable Period period,
      @Nullable Issuer issuer) {

    /**
     * The kind of the qualification: {@code STATE}, {@code License}, {@code TAXONOMY} and others.
     */
    public String kind() {
      return code == null || code.text() == null ? "" : code.text();
    }

    /** The number of the qualification; for {@code TAXONOMY}, this is a taxonomy code. */
    public Optional<String> number() {
      return identifier == null
          ? Optional.empty()
          : identifier.stream().flatMap(one -> Stream.ofNullable(one.value())).findFirst();
    }

    /** The state that issued the qualification. */
    public Optional<String> state() {
      List<Extension> extensions =
          issuer == null || issuer.extension() == null ? List.of() : issuer.extension();
      return extensions.stream()
          .filter(one -> STATE.equals(one.url()))
          .flatMap(one -> Stream.ofNullable(one.valueString()))
          .findFirst();
    }

    /** The first day on which the qualification is valid. */
    public Optional<LocalDate> firstDay() {
      return period == null ? Optional.empty() : period.firstDay();
    }

    /** The last day on which the qualification is valid. */
    public Optional<LocalDate> lastDay() {
      return period == null ? Optional.empty() : period.lastDay();
    }
  }

  /** The type of a qualification; {@code STATE} or {@code License} is a licence to practise. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Kind(@Nullable String text) {}

  /** The issuer of a qualification. An extension contains the issuer's state. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Issuer(@Nullable String display, @Nullable List<Extension> extension) {}

  public Optional<String> displayName() {
    return name == null
        ? Optional.empty()
        : name.stream().flatMap(one -> Stream.ofNullable(one.text())).findFirst();
  }

  /** The clinician's own video room, for visits without a link of their own. */
  public Optional<String> meetingRoom() {
    return extension == null
        ? Optional.empty()
        : extension.stream()
            .filter(one -> MEETING_ROOM.equals(one.url()))
            .flatMap(one -> Stream.ofNullable(one.valueUrl()))
            .findFirst();
  }

  public List<Qualification> qualifications() {
    return qualification == null ? List.of() : qualification;
  }
}
