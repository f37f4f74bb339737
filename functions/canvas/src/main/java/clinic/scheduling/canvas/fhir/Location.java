package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A location (FHIR R4 Location; docs/facts/canvas.md 4.3). Canvas states neither the time zone of a
 * location nor the integer that stands for it in Schedule ids.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Location(@Nullable String id, @Nullable String status, @Nullable String name) {}
