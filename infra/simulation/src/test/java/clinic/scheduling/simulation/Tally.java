package clinic.scheduling.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Counts, and what is wrong. */
final class Tally {
  private static final int TOLD = 20;

  private final long[] counts = new long[Counted.values().length];
  private final TreeMap<String, Long> kills = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  void count(Counted what) {
    counts[what.ordinal()]++;
  }

  void count(Counted what, long times) {
    counts[what.ordinal()] += times;
  }

  long of(Counted what) {
    return counts[what.ordinal()];
  }

  void killedAt(Boundary where, boolean before) {
    count(Counted.KILLS);
    kills.merge((before ? "before " : "after ") + where, 1L, Long::sum);
  }

  TreeMap<String, Long> kills() {
    return kills;
  }

  /** All that was counted. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Counted what : Counted.values()) {
      text.append(what).append('=').append(of(what)).append(' ');
    }
    return text.append(kills).toString();
  }

  /** Something that must never be so. */
  void wrong(String what) {
    if (wrong.size() < TOLD) {
      wrong.add(what);
    }
  }

  List<String> wrong() {
    return wrong;
  }
}
