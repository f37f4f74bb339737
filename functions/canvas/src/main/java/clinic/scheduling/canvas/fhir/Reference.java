package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reference to another resource, {@code Patient/<id>} (FHIR R4 Reference). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reference(
    @Nullable String reference, @Nullable String type, @Nullable String display) {

  public static Reference to(String resourceType, String id) {
    return new Reference(resourceType + "/" + id, null, null);
  }

  /** The id, if this refers to a resource of the given type. */
  public Optional<String> idOf(String resourceType) {
    String prefix = resourceType + "/";
    return reference != null && reference.startsWith(prefix)
        ? Optional.of(reference.substring(prefix.length()))
        : Optional.empty();
  }
}
