package clinic.scheduling.core.ledger;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The retry loop that all conditional updates share; see {@link Rows#update}. */
final class ReadChangeWrite {
  static final int TRIES = 40;

  private ReadChangeWrite() {}

  static List<Row> run(
      Supplier<List<Row>> read, Function<List<Row>, List<Row>> change, Predicate<List<Row>> write) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Row> next = change.apply(read.get());
      if (next.isEmpty() || write.test(next)) {
        return next.stream().map(Row::written).toList();
      }
    }
    throw new RowBusyException();
  }
}
