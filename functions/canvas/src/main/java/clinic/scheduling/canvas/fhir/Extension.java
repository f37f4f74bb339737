package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that FHIR has no element for (FHIR R4 Extension), with the value types that Canvas uses.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Extension(
    @Nullable String url,
    @Nullable String valueString,
    @Nullable String valueCode,
    @Nullable String valueUrl,
    @Nullable String valueId,
    @Nullable Boolean valueBoolean,
    @Nullable Coding valueCoding,
    @Nullable Reference valueReference,
    @Nullable List<Extension> extension) {

  public static Extension ofCode(String url, String code) {
    return new Extension(url, null, code, null, null, null, null, null, null);
  }

  public static Extension ofBoolean(String url, boolean value) {
    return new Extension(url, null, null, null, null, value, null, null, null);
  }
}
