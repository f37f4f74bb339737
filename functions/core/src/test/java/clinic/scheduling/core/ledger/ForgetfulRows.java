package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Rows that write as asked but lose an answer, or take their time, once when told to. */
public final class ForgetfulRows implements Rows {
  private final Rows rows;
  private final AtomicReference<Optional<Loss>> next = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Runnable>> before =
      new AtomicReference<>(Optional.empty());

  public ForgetfulRows(Rows rows) {
    this.rows = rows;
  }

  /** What the writer is told instead. */
  public enum Loss {
    /** The client has repeated the write and was refused by its own first try. */
    REFUSED,
    /** The client has given up. */
    FAILED
  }

  /** The next write that takes hold is answered with this. */
  public void loseAnswer(Loss loss) {
    next.set(Optional.of(loss));
  }

  /** Something happens while the next write is under way. */
  public void beforeWrite(Runnable event) {
    before.set(Optional.of(event));
  }

  @Override
  public Optional<Row> read(RowKey key) {
    return rows.read(key);
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    return rows.page(partition, prefix, after, most);
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    return rows.count(key, limit, expires);
  }

  @Override
  public boolean write(List<Row> wanted) {
    before.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    if (!rows.write(wanted)) {
      return false;
    }
    Optional<Loss> loss = next.getAndSet(Optional.empty());
    if (loss.equals(Optional.of(Loss.FAILED))) {
      throw new IllegalStateException("no answer");
    }
    return loss.isEmpty();
  }
}
