package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A phone number or e-mail address (FHIR R4 ContactPoint). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Telecom(
    @Nullable String system,
    @Nullable Phi<String> value,
    @Nullable String use,
    @Nullable Integer rank,
    @Nullable List<Extension> extension) {
  private static final String CONSENT =
      "http://schemas.canvasmedical.com/fhir/extensions/has-consent";

  public static Telecom of(String system, String use, Phi<String> value, boolean consent) {
    return new Telecom(
        system, value, use, 1, consent ? List.of(Extension.ofBoolean(CONSENT, true)) : null);
  }

  /** Whether the patient agreed in Canvas to be contacted here. */
  public boolean hasConsent() {
    return extension != null
        && extension.stream()
            .anyMatch(e -> CONSENT.equals(e.url()) && Boolean.TRUE.equals(e.valueBoolean()));
  }
}
