package clinic.scheduling.simulation;

import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.ledger.RowsContract;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * When no faults occur, the table of the simulation passes the same contract tests as the real
 * tables.
 */
class StoreViewTest extends RowsContract {
  private final Run run =
      new Run(1, Run.Size.SMALL, SimulatedPractice.practice(), new ObjectMapper());
  private final Process process = new Process(run, 0);
  private final Rows rows = new StoreView(run, process);

  StoreViewTest() {
    run.time.pass(FaultSchedule.CLEAR);
  }

  @Override
  protected Rows rows() {
    return rows;
  }

  @Override
  protected Clock clock() {
    return process;
  }

  @Override
  protected void pass(Duration time) {
    run.time.pass(time.toMillis());
  }

  /** A run has one thread. Its workers take turns when they wait. */
  @Override
  protected <T> List<T> together(int callers, Callable<T> work) throws Exception {
    List<T> results = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      results.add(work.call());
    }
    return results;
  }
}
