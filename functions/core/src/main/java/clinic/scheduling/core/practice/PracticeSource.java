package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the practice document is: a file, or {@code table:<key>} for a row of the table. */
public final class PracticeSource {
  private static final String TABLE = "table:";

  private PracticeSource() {}

  /**
   * @param where the value of {@code PRACTICE}
   * @throws BadPracticeException if the document is missing or wrong
   */
  public static Practice load(String where, Rows rows) {
    return PracticeReader.read(where.startsWith(TABLE) ? stored(where, rows) : file(where));
  }

  private static String stored(String where, Rows rows) {
    RowKey key = new RowKey("practice#" + where.substring(TABLE.length()), "document");
    return rows.read(key)
        .flatMap(row -> row.field("json"))
        .orElseThrow(() -> missing("no document in the table under " + where));
  }

  private static String file(String where) {
    try {
      return Files.readString(Path.of(where));
    } catch (IOException e) {
      throw missing("cannot read the file " + where);
    }
  }

  private static BadPracticeException missing(String why) {
    return new BadPracticeException(List.of(new FieldError("(document)", why)));
  }
}
