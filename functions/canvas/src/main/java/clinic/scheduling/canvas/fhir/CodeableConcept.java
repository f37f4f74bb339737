package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes with free text (FHIR R4 CodeableConcept). A patient may have typed the text, so it is
 * {@link Phi}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CodeableConcept(@Nullable List<Coding> coding, @Nullable Phi<String> text) {

  public static CodeableConcept of(Coding coding) {
    return new CodeableConcept(List.of(coding), null);
  }

  public Optional<Coding> first() {
    return coding == null ? Optional.empty() : coding.stream().findFirst();
  }
}
