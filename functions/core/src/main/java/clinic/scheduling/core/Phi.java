package clinic.scheduling.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A value about a patient (docs/facts/messages.md 4). Parsers wrap such a value at once, so that no
 * log line, message or exception shows it by accident. Whoever calls {@link #value()} decides to
 * show it.
 */
@RegisterForReflection
public record Phi<T>(@JsonValue T value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Phi {}

  public static <T> Phi<T> of(T value) {
    return new Phi<>(value);
  }

  @Override
  public String toString() {
    return "[phi]";
  }
}
