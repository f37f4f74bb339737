package clinic.scheduling.core.http;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.type().uri(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
