package clinic.scheduling.slots;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the parameters of a query. Nothing throws until {@link #end}: every wrong, missing and
 * unknown one is noted by its name and the allowed form, and never by its value.
 */
final class Parameters {
  private static final int MAX_TEXT = 64;
  private static final int MOST_UNKNOWN = 20;

  private final Map<String, String> query;
  private final List<FieldError> errors = new ArrayList<>();

  Parameters(Map<String, String> query, List<String> known) {
    this.query = query;
    query.keySet().stream()
        .filter(name -> !known.contains(name))
        .limit(MOST_UNKNOWN)
        .forEach(
            name ->
                wrong(FieldError.shown(name), "is not a known parameter; allowed are " + known));
  }

  Optional<String> required(String name) {
    if (given(name).isEmpty()) {
      wrong(name, "is missing");
    }
    return optional(name);
  }

  /** One that was left empty in a form is absent. */
  Optional<String> optional(String name) {
    return optional(name, MAX_TEXT);
  }

  Optional<String> optional(String name, int max) {
    Optional<String> text = given(name);
    if (text.isPresent()
        && (text.get().isBlank() || text.get().codePointCount(0, text.get().length()) > max)) {
      wrong(name, "must be a text of 1 to " + max + " characters");
      return Optional.empty();
    }
    return text;
  }

  private Optional<String> given(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !Fields.isBlank(text));
  }

  /** An optional text that passes a check. */
  Optional<String> optional(String name, Predicate<String> check, String expected) {
    Optional<String> text = optional(name);
    if (text.filter(check.negate()).isPresent()) {
      wrong(name, expected);
      return Optional.empty();
    }
    return text;
  }

  /** An optional whole number from 1 to a limit. */
  Optional<Integer> integer(String name, int max) {
    return optional(
            name,
            text ->
                text.matches("[0-9]{1,9}")
                    && Integer.parseInt(text) >= 1
                    && Integer.parseInt(text) <= max,
            "must be a whole number from 1 to " + max)
        .map(Integer::valueOf);
  }

  /**
   * The end of a message about a value with a blank, which the caller need not have written: in a
   * query, + stands for one.
   */
  String ofPlus(String name) {
    return query.getOrDefault(name, "").contains(" ") ? "; send + as %2B" : "";
  }

  void wrong(String name, String message) {
    errors.add(new FieldError(name, message));
  }

  /**
   * To be called last.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException naming every wrong parameter
   */
  void end() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
  }
}
