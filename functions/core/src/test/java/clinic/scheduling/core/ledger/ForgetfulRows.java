package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Rows that a test can tell to lose the answer to the next write, or to run something just before
 * it.
 */
public final class ForgetfulRows implements Rows {
  private final Rows rows;
  private final AtomicReference<Optional<Loss>> next = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Runnable>> before =
      new AtomicReference<>(Optional.empty());

  public ForgetfulRows(Rows rows) {
    this.rows = rows;
  }

  /** What the writer gets in place of the lost answer. */
  public enum Loss {
    /**
     * The write returns false, as if the client had repeated it and been refused because of its own
     * first try.
     */
    REFUSED,
    /** The write throws, as if the client had given up. */
    FAILED
  }

  /** Makes the next successful write lose its answer in this way. */
  public void loseAnswer(Loss loss) {
    next.set(Optional.of(loss));
  }

  /** Runs {@code event} just before the next write. */
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
