package clinic.scheduling.core.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a partition, in the order of their sort keys.
 *
 * @param rows those that stand; may be empty though there are more
 * @param next where to go on from; empty if that was all
 */
public record RowPage(List<Row> rows, Optional<String> next) {

  public RowPage {
    rows = List.copyOf(rows);
  }
}
