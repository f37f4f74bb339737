package clinic.scheduling.sandbox.canvas.fhir;

import java.util.List;

/**
 * An error of a FHIR call, answered with an OperationOutcome. Its texts are those that Canvas
 * documents.
 */
public final class FhirException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final transient List<Issue> issues;

  public FhirException(int status, List<Issue> issues) {
    super(status + " " + issues);
    this.status = status;
    this.issues = issues;
  }

  private FhirException(int status, String code, String text) {
    this(status, List.of(new Issue(code, text)));
  }

  public static FhirException badRequest() {
    return new FhirException(400, "invalid", "Bad request");
  }

  static FhirException badValue(String text) {
    return new FhirException(400, "value", text);
  }

  static FhirException malformed(String text) {
    return new FhirException(400, "structure", text);
  }

  public static FhirException idMismatch() {
    return new FhirException(400, "invalid", "Logical Id in URL must match logical Id in resource");
  }

  static FhirException unauthorized() {
    return new FhirException(401, "unknown", "Authentication failed");
  }

  public static FhirException forbidden() {
    return new FhirException(403, "forbidden", "Authorization failed");
  }

  public static FhirException unknown(String type, String id) {
    return new FhirException(404, "not-found", "Unknown " + type + " resource '" + id + "'");
  }

  static FhirException noSuchPath() {
    return new FhirException(404, "not-found", "Not Found");
  }

  static FhirException notSupported() {
    return new FhirException(405, "not-supported", "Operation is not supported");
  }

  public static FhirException changedSince() {
    return new FhirException(412, "conflict", "Resource updated since If-Unmodified-Since date");
  }

  public static FhirException unprocessable() {
    return businessRule("Unprocessable entity");
  }

  public static FhirException businessRule(String text) {
    return new FhirException(422, "business-rule", text);
  }

  static FhirException serverError() {
    return new FhirException(500, "exception", "Internal server error");
  }

  int status() {
    return status;
  }

  public List<Issue> issues() {
    return issues;
  }
}
