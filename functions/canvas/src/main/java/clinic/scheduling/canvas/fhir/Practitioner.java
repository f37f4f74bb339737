package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A clinician (FHIR R4 Practitioner). Names of clinicians are not about a patient. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Practitioner(
    @Nullable String id,
    @Nullable Boolean active,
    @Nullable List<Extension> extension,
    @Nullable List<Name> name,
    @Nullable List<Qualification> qualification) {
  private static final String MEETING_ROOM =
      "http://schemas.canvasmedical.com/fhir/extensions/practitioner-personal-meeting-room-link";

  /** The name of a clinician. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Name(@Nullable String text, @Nullable String family) {}

  /** A licence, certification or taxonomy entry. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Qualification(
      @Nullable Kind code, @Nullable Period period, @Nullable Issuer issuer) {}

  /** What a qualification is, {@code STATE} or {@code License} for a licence to practise. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Kind(@Nullable String text) {}

  /** Who issued a qualification; the state is an extension. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Issuer(@Nullable String display, @Nullable List<Extension> extension) {}

  public Optional<String> displayName() {
    return name == null
        ? Optional.empty()
        : name.stream().flatMap(one -> Stream.ofNullable(one.text())).findFirst();
  }

  /** The clinician's own video room, used where a visit has no link of its own. */
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
