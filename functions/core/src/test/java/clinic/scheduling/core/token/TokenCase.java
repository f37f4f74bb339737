package clinic.scheduling.core.token;

import clinic.scheduling.core.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Shared by the tests of signed values: two secrets, a clock that shows noon, and the time an hour
 * later.
 */
abstract class TokenCase {
  static final String OLD = secret('o');
  static final String NEW = secret('n');

  final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  final SignedTokens tokens = SignedTokens.of(NEW, clock);

  Instant inAnHour() {
    return clock.instant().plus(Duration.ofHours(1));
  }

  static String secret(char letter) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) letter);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
