package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why Canvas refused (FHIR R4 OperationOutcome; docs/facts/canvas.md 1.5). Decide by the HTTP
 * status first, and use the texts only to tell apart errors with the same status.
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperationOutcome(@Nullable List<Issue> issue) {

  /** One reason. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Issue(@Nullable String code, @Nullable Details details) {}

  /** The text of a reason; it may quote the request. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Details(@Nullable String text) {}

  /** The code of the first issue, such as {@code business-rule}. */
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
