package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A place of the practice (FHIR R4 Location). It has neither a zone nor the integer key. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Location(@Nullable String id, @Nullable String status, @Nullable String name) {}
