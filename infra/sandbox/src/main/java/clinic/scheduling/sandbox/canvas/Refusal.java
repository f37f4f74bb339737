package clinic.scheduling.sandbox.canvas;

import java.util.List;

/** A FHIR call that ends in an OperationOutcome; the texts are those Canvas documents. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final transient List<Issue> issues;

  Refusal(int status, List<Issue> issues) {
    super(status + " " + issues);
    this.status = status;
    this.issues = issues;
  }

  private Refusal(int status, String code, String text) {
    this(status, List.of(new Issue(code, text)));
  }

  static Refusal badRequest() {
    return new Refusal(400, "invalid", "Bad request");
  }

  static Refusal badValue(String text) {
    return new Refusal(400, "value", text);
  }

  static Refusal malformed(String text) {
    return new Refusal(400, "structure", text);
  }

  static Refusal idMismatch() {
    return new Refusal(400, "invalid", "Logical Id in URL must match logical Id in resource");
  }

  static Refusal unauthorized() {
    return new Refusal(401, "unknown", "Authentication failed");
  }

  static Refusal forbidden() {
    return new Refusal(403, "forbidden", "Authorization failed");
  }

  static Refusal unknown(String type, String id) {
    return new Refusal(404, "not-found", "Unknown " + type + " resource '" + id + "'");
  }

  static Refusal noSuchPath() {
    return new Refusal(404, "not-found", "Not Found");
  }

  static Refusal notSupported() {
    return new Refusal(405, "not-supported", "Operation is not supported");
  }

  static Refusal changedSince() {
    return new Refusal(412, "conflict", "Resource updated since If-Unmodified-Since date");
  }

  static Refusal unprocessable() {
    return businessRule("Unprocessable entity");
  }

  static Refusal businessRule(String text) {
    return new Refusal(422, "business-rule", text);
  }

  static Refusal serverError() {
    return new Refusal(500, "exception", "Internal server error");
  }

  int status() {
    return status;
  }

  List<Issue> issues() {
    return issues;
  }
}
