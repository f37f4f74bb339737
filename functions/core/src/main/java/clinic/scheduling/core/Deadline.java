package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when this invocation lives. An outside effect that is begun too near the end may happen
 * without being recorded, so near the end none is begun and the message is put off.
 */
public record Deadline(Instant end, Clock clock) {

  /** The deadline of an invocation that begins now and may take so long. */
  public static Deadline in(Duration time, Clock clock) {
    return new Deadline(clock.instant().plus(time), clock);
  }

  /** Whether something that may take so long ends in time. */
  public boolean leaves(Duration needed) {
    return !clock.instant().plus(needed).isAfter(end);
  }

  /** How long it is until then; negative when it is over. */
  public Duration left() {
    return Duration.between(clock.instant(), end);
  }
}
