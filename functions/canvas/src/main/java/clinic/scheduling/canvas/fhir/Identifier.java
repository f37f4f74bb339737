package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An identifier of a resource in some system (FHIR R4 Identifier). An update replaces the whole
 * list, so we send back every identifier that we read, with its {@code id}.
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

  /**
   * Who assigned the identifier (FHIR R4 Identifier.assigner). Canvas keeps only the display text.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Assigner(@Nullable String display) {}

  public static Identifier usual(String system, String value) {
    return new Identifier(null, "usual", system, value, null, null);
  }

  /** The same identifier, no longer in use. */
  public Identifier retired() {
    return new Identifier(id, OLD, system, value, period, assigner);
  }
}
