package clinic.scheduling.core;

import java.util.List;
import java.util.function.Supplier;

/**
 * Does the pieces of one work, which do not depend on each other. Threads do them at the same time
 * ({@link WorkerThreads}). On virtual time, which has one thread, they follow each other ({@link
 * #NONE}).
 */
public interface Concurrency {

  /** One after another, in the given order. A failure ends the work. */
  Concurrency NONE =
      new Concurrency() {
        @Override
        public <T> List<T> all(List<Supplier<T>> pieces) {
          return pieces.stream().map(Supplier::get).toList();
        }
      };

  /**
   * Does all pieces, and returns when none of them is at work any more.
   *
   * @return the results, in the order of the pieces
   * @throws RuntimeException the first failure in this order, if a piece has failed
   */
  <T> List<T> all(List<Supplier<T>> pieces);
}
