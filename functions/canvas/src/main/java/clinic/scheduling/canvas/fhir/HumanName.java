package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The name of a person (FHIR R4 HumanName). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HumanName(
    @Nullable String use,
    @Nullable Phi<String> text,
    @Nullable Phi<String> family,
    @Nullable List<Phi<String>> given) {}
