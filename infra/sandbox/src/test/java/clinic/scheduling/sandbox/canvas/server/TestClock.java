package clinic.scheduling.sandbox.canvas.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that the test moves. */
final class TestClock extends Clock {
  private volatile Instant now;

  TestClock(String now) {
    this.now = Instant.parse(now);
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  void set(String instant) {
    now = Instant.parse(instant);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
