package clinic.scheduling.core.json;

/**
 * One thing that is wrong with a document.
 *
 * @param field where, as {@code patient.phone} or {@code visitTypes[0].id}
 * @param message what is expected there; never the value that was found
 */
public record FieldError(String field, String message) {
  @Override
  public String toString() {
    return field + " " + message;
  }
}
