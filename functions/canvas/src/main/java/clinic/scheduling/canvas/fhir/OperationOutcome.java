package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why Canvas refused (FHIR R4 OperationOutcome). Match on the status first, on texts as a hint. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperationOutcome(@Nullable List<Issue> issue) {

  /** One reason. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Issue(@Nullable String code, @Nullable Details details) {}

  /** The words of a reason; they may quote what was sent. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Details(@Nullable String text) {}

  /** The code of the first issue, {@code business-rule} and the like. */
  public Optional<String> code() {
    return issues().flatMap(one -> Stream.ofNullable(one.code())).findFirst();
  }

  public boolean says(String words) {
    return issues()
        .flatMap(one -> Stream.ofNullable(one.details()))
        .flatMap(details -> Stream.ofNullable(details.text()))
        .anyMatch(text -> text.contains(words));
  }

  private Stream<Issue> issues() {
    return issue == null ? Stream.empty() : issue.stream();
  }
}
