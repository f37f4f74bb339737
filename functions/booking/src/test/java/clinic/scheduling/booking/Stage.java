package clinic.scheduling.booking;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.sandbox.Sandbox;

/** The parts that a random sequence uses. */
record Stage(
    Calls calls,
    Desk desk,
    Offers offers,
    Sandbox sandbox,
    MortalRows rows,
    MovableClock clock,
    MemoryQueue<ChangeNotice> changes,
    Mortality life) {

  CanvasBook canvas() {
    return CanvasBook.of(sandbox);
  }
}
