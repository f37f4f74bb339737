package clinic.scheduling.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that proves who we are. Its text form is {@code [secret]}. {@link #matches} takes the
 * same time whether the values differ early or late.
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
