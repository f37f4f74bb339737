package clinic.scheduling.core.json;

import java.util.regex.Pattern;

/**
 * One error in a document.
 *
 * @param field the path of the field, such as {@code patient.phone} or {@code visitTypes[0].id}
 * @param message what is expected there; never the value in the document
 */
public record FieldError(String field, String message) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

  /** The name of a field that the caller sent, if it looks like a name; otherwise a placeholder. */
  public static String safeName(String name) {
    return NAME.matcher(name).matches() ? name : "(a field)";
  }

  @Override
  public String toString() {
    return field + " " + message;
  }
}
