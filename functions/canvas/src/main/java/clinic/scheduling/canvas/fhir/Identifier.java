package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A name that some system gave a resource (FHIR R4 Identifier). An update replaces the list that
 * stands, so every identifier that was read is sent back, with its {@code id}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identifier(
    @Nullable String id,
    @Nullable String use,
    @Nullable String system,
    @Nullable String value,
    @Nullable Period period,
    @Nullable Assigner assigner) {
  static final String OLD = "old";

  /** Who gave it (FHIR R4 Identifier.assigner); Canvas keeps the words only. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Assigner(@Nullable String display) {}

  public static Identifier usual(String system, String value) {
    return new Identifier(null, "usual", system, value, null, null);
  }

  /** The same, no longer used. */
  public Identifier retired() {
    return new Identifier(id, OLD, system, value, period, assigner);
  }
}
