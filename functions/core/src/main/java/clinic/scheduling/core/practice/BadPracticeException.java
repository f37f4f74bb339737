package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** The practice document is refused; the message lists every error. */
public final class BadPracticeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  public BadPracticeException(List<FieldError> errors) {
    super(
        errors.stream()
            .map(FieldError::toString)
            .collect(
                Collectors.joining("\n  ", "PRACTICE: the practice document is refused:\n  ", "")));
    this.errors = List.copyOf(errors);
  }

  /** Every error, in the order in which they were found. */
  public List<FieldError> errors() {
    return errors;
  }
}
