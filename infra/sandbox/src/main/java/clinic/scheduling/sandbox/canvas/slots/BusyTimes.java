package clinic.scheduling.sandbox.canvas.slots;

import clinic.scheduling.sandbox.canvas.Interval;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Busy intervals, merged, so that checking a slot need not scan them all. */
final class BusyTimes {
  private final NavigableMap<Instant, Instant> endByStart = new TreeMap<>();

  void add(Interval taken) {
    Instant start = taken.start();
    Instant end = taken.end();
    Map.Entry<Instant, Instant> near = endByStart.floorEntry(end);
    while (near != null && !near.getValue().isBefore(start)) {
      start = near.getKey().isBefore(start) ? near.getKey() : start;
      end = near.getValue().isAfter(end) ? near.getValue() : end;
      endByStart.remove(near.getKey());
      near = endByStart.floorEntry(end);
    }
    endByStart.put(start, end);
  }

  boolean overlaps(Interval slot) {
    Map.Entry<Instant, Instant> last = endByStart.lowerEntry(slot.end());
    return last != null && last.getValue().isAfter(slot.start());
  }
}
