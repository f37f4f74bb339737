package clinic.scheduling.sandbox.canvas;

import java.util.EnumMap;
import java.util.Map;

/** The current value of every {@link Toggle}. */
public final class Toggles {
  private final Map<Toggle, Object> changed = new EnumMap<>(Toggle.class);

  /**
   * Changes one value.
   *
   * @throws IllegalArgumentException if the toggle cannot have this value
   */
  public synchronized Toggles set(Toggle toggle, Object value) {
    toggle
        .complaint(value)
        .ifPresent(
            complaint -> {
              throw new IllegalArgumentException(complaint);
            });
    changed.put(toggle, value);
    return this;
  }

  /** Resets every toggle to its initial value. */
  public synchronized void reset() {
    changed.clear();
  }

  public synchronized Object get(Toggle toggle) {
    return changed.getOrDefault(toggle, toggle.initial());
  }

  public boolean on(Toggle toggle) {
    return (Boolean) get(toggle);
  }

  public int number(Toggle toggle) {
    return (Integer) get(toggle);
  }

  public String text(Toggle toggle) {
    return (String) get(toggle);
  }
}
