package clinic.scheduling.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The counters and violations of a run. */
final class RunResult {
  private static final int TOLD = 20;

  private final long[] counts = new long[Counter.values().length];
  private final TreeMap<String, Long> kills = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  void count(Counter what) {
    counts[what.ordinal()]++;
  }

  void count(Counter what, long times) {
    counts[what.ordinal()] += times;
  }

  long of(Counter what) {
    return counts[what.ordinal()];
  }

  void killedAt(EffectKind where, boolean before) {
    count(Counter.KILLS);
    kills.merge((before ? "before " : "after ") + where, 1L, Long::sum);
  }

  TreeMap<String, Long> kills() {
    return kills;
  }

  /** All counters. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Counter what : Counter.values()) {
      text.append(what).append('=').append(of(what)).append(' ');
    }
    return text.append(kills).toString();
  }

  /** Records a violation. */
  void wrong(String what) {
    if (wrong.size() < TOLD) {
      wrong.add(what);
    }
  }

  List<String> wrong() {
    return wrong;
  }
}
