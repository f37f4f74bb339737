package clinic.scheduling.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a part found, as text.
 *
 * @param head one word or two for each column
 * @param rows as long as the head
 * @param reached whether every figure of the part was
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
