package clinic.scheduling.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The result of a part.
 *
 * @param head the titles of the columns
 * @param rows one cell for each column
 * @param reached whether every limit of the part was kept
 */
public record Table(String title, List<String> head, List<List<String>> rows, boolean reached) {

  String text() {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    List<Integer> widths =
        IntStream.range(0, head.size())
            .mapToObj(
                column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toList();
    StringBuilder text = new StringBuilder(title).append('\n');
    all.forEach(row -> text.append(line(row, widths)).append('\n'));
    return text.toString();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append("  ").append(" ".repeat(widths.get(column) - cell.length())).append(cell);
    }
    return line.toString();
  }
}
