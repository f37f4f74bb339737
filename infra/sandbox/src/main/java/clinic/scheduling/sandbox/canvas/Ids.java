package clinic.scheduling.sandbox.canvas;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Generates ids: first those given in advance for a kind, then random ones. */
public final class Ids {
  private final Map<String, Deque<String>> foretold = new HashMap<>();

  public Ids(Map<String, List<String>> foretold) {
    foretold.forEach((kind, ids) -> this.foretold.put(kind, new ArrayDeque<>(ids)));
  }

  /** A UUID with dashes, as appointments, notes and parts have. */
  public synchronized String next(String kind) {
    return Optional.ofNullable(foretold.getOrDefault(kind, new ArrayDeque<>()).poll())
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  /** 32 hexadecimal characters, as patients have. */
  public String nextKey(String kind) {
    return next(kind).replace("-", "");
  }
}
