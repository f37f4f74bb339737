package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A phone number or e-mail address (FHIR R4 ContactPoint). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Telecom(
    @Nullable String system,
    @Nullable Phi<String> value,
    @Nullable String use,
    @Nullable Integer rank,
    @Nullable List<Extension> extension,
    @Nullable Period period) {
  private static final String CONSENT =
      "http://schemas.canvasmedical.com/fhir/extensions/has-consent";

  /** A contact point without a period. */
  public Telecom(
      @Nullable String system,
      @Nullable Phi<String> value,
      @Nullable String use,
      @Nullable Integer rank,
      @Nullable List<Extension> extension) {
    this(system, value, use, rank, extension, null);
  }

  public static Telecom of(String system, String use, Phi<String> value, boolean consent) {
    return new Telecom(
        system, value, use, 1, consent ? List.of(Extension.ofBoolean(CONSENT, true)) : null);
  }

  /**
   * Whether the patient has consented in Canvas to be contacted here (docs/facts/canvas.md 4.1).
   */
  public boolean hasConsent() {
    return consent().orElse(false);
  }

  /**
   * The consent that Canvas has recorded for this contact point; empty if the extension is missing.
   * Canvas itself always sends a value: {@code false} if the patient has refused or withdrawn
   * consent, or was never asked. If there are several values, a single {@code false} means no
   * consent.
   */
  public Optional<Boolean> consent() {
    return Stream.ofNullable(extension)
        .flatMap(List::stream)
        .filter(one -> CONSENT.equals(one.url()))
        .flatMap(one -> Stream.ofNullable(one.valueBoolean()))
        .reduce(Boolean::logicalAnd);
  }

  /** Whether the contact point is in use on this day. An unreadable end counts as past. */
  public boolean isInUse(LocalDate today) {
    return !"old".equals(use) && (period == null || (hasBegun(today) && hasNotEnded(today)));
  }

  private boolean hasBegun(LocalDate today) {
    return Optional.ofNullable(period).flatMap(Period::firstDay).filter(today::isBefore).isEmpty();
  }

  private boolean hasNotEnded(LocalDate today) {
    return period == null
        || period.end() == null
        || period.lastDay().filter(last -> !today.isAfter(last)).isPresent();
  }
}
