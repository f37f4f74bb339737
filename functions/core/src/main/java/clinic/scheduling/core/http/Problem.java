package clinic.scheduling.core.http;

import clinic.scheduling.core.json.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An error as the caller sees it (RFC 9457).
 *
 * @param detail what the caller can do about the error; it never repeats a value that the caller
 *     sent
 * @param errors the fields that are wrong, for {@link ProblemType#INVALID_REQUEST}
 * @param retryAfter when the caller may try again
 */
public record Problem(
    ProblemType type, String detail, List<FieldError> errors, Optional<Duration> retryAfter) {

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), Optional.empty());
  }

  public static Problem invalid(List<FieldError> errors) {
    return new Problem(
        ProblemType.INVALID_REQUEST,
        "Correct the fields listed under errors and send the request again.",
        List.copyOf(errors),
        Optional.empty());
  }

  public static Problem invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  public Problem retryAfter(Duration delay) {
    return new Problem(type, detail, errors, Optional.of(delay));
  }

  /** This problem as an exception, for code that cannot return a response. */
  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** Ends a request with a problem. */
  public static final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ProblemException(Problem problem) {
      super(problem.type().uri(), null, false, false);
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }
}
