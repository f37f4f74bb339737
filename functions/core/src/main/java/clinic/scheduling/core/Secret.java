package clinic.scheduling.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that proves who we are. Its text form is {@code [secret]}, so that no log line shows the
 * value. The duration of {@link #matches} does not show how much of a wrong value is right.
 */
public record Secret(String value) {

  public boolean matches(String other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
