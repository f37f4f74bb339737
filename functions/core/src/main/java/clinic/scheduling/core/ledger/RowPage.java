package clinic.scheduling.core.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a partition, in the order of their sort keys.
 *
 * @param rows those that have not expired; may be empty although there are more
 * @param next the sort key to continue after; empty if this was the last page
 */
public record RowPage(List<Row> rows, Optional<String> next) {

  public RowPage {
    rows = List.copyOf(rows);
  }
}
