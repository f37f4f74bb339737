package clinic.scheduling.intake;

import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.setup.PracticeDocument;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Creates the real function with the given table, queue and clock, for the simulation. */
public final class SimulatedIntake {
  private static final String PRACTICE = "../../infra/practice.example.json";

  private SimulatedIntake() {}

  /**
   * @param secrets the value of {@code WEBHOOK_SECRETS}
   * @param wait waits for the given number of milliseconds
   */
  public static ReceiveCanvasNotice on(
      Rows rows, Queue<ChangeNotice> queue, String secrets, Clock clock, LongConsumer wait) {
    SenderAuthentication sender =
        new SenderAuthentication(
            new Signature(secrets, clock), new BearerTokens(Optional.empty(), () -> false));
    return new ReceiveCanvasNotice(
        sender,
        new PracticeDocument(PRACTICE, List.of(), rows, clock),
        new NoticeDeduplicator(rows, queue, clock, wait::accept),
        clock);
  }
}
