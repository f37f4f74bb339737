package clinic.scheduling.sandbox.canvas.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An access token.
 *
 * @param patient the only patient whose records it opens; empty for all
 */
public record AccessToken(
    String value, Instant expires, List<String> scopes, Optional<String> patient) {
  private static final Pattern SCOPE =
      Pattern.compile("(patient|user|system)/([A-Za-z]+|\\*)\\.(read|write|\\*|c?r?u?d?s?)");

  static boolean isScope(String text) {
    return SCOPE.matcher(text).matches() && !text.endsWith(".");
  }

  public boolean allows(String resource, boolean write) {
    return scopes.stream().anyMatch(scope -> allows(scope, resource, write));
  }

  /**
   * Refuses access to the records of other patients.
   *
   * @throws FhirException 403
   */
  public void requirePatient(String key) {
    if (patient.isPresent() && !patient.get().equals(key)) {
      throw FhirException.forbidden();
    }
  }

  private static boolean allows(String scope, String resource, boolean write) {
    Matcher form = SCOPE.matcher(scope);
    if (!form.matches()) {
      return false;
    }
    boolean named = form.group(2).equals("*") || form.group(2).equals(resource);
    return named
        && switch (form.group(3)) {
          case "*" -> true;
          case "read" -> !write;
          case "write" -> write;
          default -> letters(form.group(3), write);
        };
  }

  private static boolean letters(String letters, boolean write) {
    return write
        ? letters.contains("c") || letters.contains("u")
        : letters.contains("r") || letters.contains("s");
  }
}
