package clinic.scheduling.core.json;

import java.util.regex.Pattern;

/**
 * One thing that is wrong with a document.
 *
 * @param field where, as {@code patient.phone} or {@code visitTypes[0].id}
 * @param message what is expected there; never the value that was found
 */
public record FieldError(String field, String message) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

  /** A name that a stranger chose, if it looks like one; anything else is not shown. */
  public static String shown(String name) {
    return NAME.matcher(name).matches() ? name : "(a field)";
  }

  @Override
  public String toString() {
    return field + " " + message;
  }
}
