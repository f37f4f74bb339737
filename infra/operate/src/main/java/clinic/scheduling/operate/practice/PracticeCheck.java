package clinic.scheduling.operate.practice;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.BadPracticeException;
import clinic.scheduling.core.practice.PracticeReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a practice document: everything that the functions would refuse it for, since
 * their own reader reads it, and its size.
 *
 * @param bytes the size of the text
 */
record PracticeCheck(List<Fault> faults, int bytes) {
  /**
   * DynamoDB takes items of 400 kB with the names of their attributes (Developer Guide, quotas);
   * the names and numbers of ours need less than 1 kB.
   */
  static final int LARGEST_BYTES = 400 * 1024 - 1024;

  private static final Pattern INDEX = Pattern.compile("\\[([0-9]+)]");
  private static final Pattern LINE = Pattern.compile("line [0-9]+");

  /**
   * One error.
   *
   * @param pointer the JSON pointer (RFC 6901) of the value; empty for the whole document
   * @param message what is expected there; never the value
   */
  record Fault(String pointer, String message) {
    static Fault of(FieldError error) {
      String field = error.field();
      if (LINE.matcher(field).matches()) {
        return new Fault("", field + " " + error.message());
      }
      return new Fault(pointer(field), error.message());
    }

    /** {@code visitTypes[0].id} as {@code /visitTypes/0/id}. */
    private static String pointer(String field) {
      if (field.equals("body") || field.startsWith("(")) {
        return "";
      }
      Matcher index = INDEX.matcher(field);
      // A name that does not look like one is not repeated; the error is that of its parent.
      return ("/" + index.replaceAll(".$1").replace('.', '/')).replaceAll("/\\([^/]*$", "");
    }

    String text() {
      return (pointer.isEmpty() ? "(document)" : pointer) + " " + message;
    }
  }

  static PracticeCheck of(String json) {
    List<Fault> faults = new ArrayList<>();
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    try {
      PracticeReader.read(json);
    } catch (BadPracticeException e) {
      e.errors().stream().map(Fault::of).forEach(faults::add);
    }
    if (bytes > LARGEST_BYTES) {
      faults.add(
          new Fault("", "has " + bytes + " bytes; the table takes at most " + LARGEST_BYTES));
    }
    return new PracticeCheck(List.copyOf(faults), bytes);
  }

  boolean isFine() {
    return faults.isEmpty();
  }
}
