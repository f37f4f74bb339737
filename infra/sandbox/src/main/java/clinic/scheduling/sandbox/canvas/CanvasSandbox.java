package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import java.time.Clock;

/** Canvas as section 9 of our fact sheet describes it. */
public final class CanvasSandbox implements StandIn {
  private final Clock clock;

  public CanvasSandbox(Clock clock) {
    this.clock = clock;
  }

  public Clock clock() {
    return clock;
  }

  @Override
  public void mount(Server server) {}
}
