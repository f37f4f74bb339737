package clinic.scheduling.core.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a partition, in the order of their sort keys.
 *
 * @param rows the rows of this page that have not expired; the list may be empty although more
 *     pages follow
 * @param next the sort key after which the next page begins; empty if this is the last page
 */
public record RowPage(List<Row> rows, Optional<String> next) {

  public RowPage {
    rows = List.copyOf(rows);
  }
}
