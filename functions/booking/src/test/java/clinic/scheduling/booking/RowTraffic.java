package clinic.scheduling.booking;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * All reads and writes of the table, in order, by kind of row. If their number differs, the time of
 * an answer differs too, and could reveal whom we know.
 */
@Singleton
class RowTraffic {
  private final List<String> all = new ArrayList<>();
  private boolean listening;

  synchronized void reads(RowKey key) {
    if (listening) {
      all.add("read " + kind(key));
    }
  }

  synchronized void writes(List<Row> rows) {
    if (listening) {
      all.add("write " + rows.stream().map(row -> kind(row.key())).toList());
    }
  }

  synchronized void counts(RowKey key) {
    if (listening) {
      all.add("count " + kind(key));
    }
  }

  synchronized List<String> of(Runnable work) {
    all.clear();
    listening = true;
    work.run();
    listening = false;
    return List.copyOf(all);
  }

  /** The key without ids, numbers and days. */
  private static String kind(RowKey key) {
    return key.partition().replaceFirst("#.*", "#")
        + key.sort().replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}", "day").replaceAll("[0-9]+", "");
  }
}
