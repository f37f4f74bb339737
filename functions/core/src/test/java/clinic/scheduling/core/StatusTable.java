package clinic.scheduling.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Reads the table of {@code docs/appointment-statuses.md}, so that tests can check what it says.
 */
public final class StatusTable {
  private static final Path DOCUMENT = Path.of("../../docs/appointment-statuses.md");
  private static final int STATUSES = 11;

  /** A status that the table does not list. It stands for the row "anything else". */
  public static final String UNHEARD_OF = "unheard-of";

  private StatusTable() {}

  /** One set of arguments for each status: the status, and its cells in the given columns. */
  public static List<Arguments> of(String... columns) {
    List<List<String>> lines = lines();
    List<String> head = lines.get(0);
    List<List<String>> rows = lines.subList(2, lines.size());
    if (rows.size() != STATUSES || !head.containsAll(List.of(columns))) {
      throw new IllegalStateException("the table has other rows or columns");
    }
    return rows.stream().map(row -> Arguments.of(cells(head, row, columns))).toList();
  }

  private static Object[] cells(List<String> head, List<String> row, String... columns) {
    Object[] cells = new Object[columns.length + 1];
    cells[0] = row.get(0).equals("anything else") ? UNHEARD_OF : row.get(0);
    for (int i = 0; i < columns.length; i++) {
      cells[i + 1] = row.get(head.indexOf(columns[i]));
    }
    return cells;
  }

  private static List<List<String>> lines() {
    try {
      return Files.readAllLines(DOCUMENT).stream()
          .filter(line -> line.startsWith("|"))
          .map(
              line ->
                  Arrays.stream(line.substring(1).split("\\|"))
                      .map(cell -> cell.strip().replace("`", ""))
                      .toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
