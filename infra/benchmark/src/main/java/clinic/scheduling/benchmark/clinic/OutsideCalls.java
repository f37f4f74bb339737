package clinic.scheduling.benchmark.clinic;

import clinic.scheduling.sandbox.http.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The calls to Canvas, Outlook and Google since the system has started. */
public final class OutsideCalls {
  private final List<OutsideCall> calls = new ArrayList<>();

  OutsideCalls(Server server, Clock clock) {
    server.listen(
        (method, path, status, took) ->
            OutsideCall.of(method, path, status, clock.instant(), took).ifPresent(this::add));
  }

  private synchronized void add(OutsideCall call) {
    calls.add(call);
  }

  /** How many there were until now. */
  public synchronized int count() {
    return calls.size();
  }

  /** Those that ended after there were so many. */
  public synchronized List<OutsideCall> after(int count) {
    return List.copyOf(calls.subList(count, calls.size()));
  }

  /** The first one that ended after there were so many, and that is such a call. */
  public Optional<OutsideCall> firstAfter(int count, Predicate<OutsideCall> such) {
    return after(count).stream().filter(such).findFirst();
  }

  /**
   * The most calls that began within any period of this length.
   *
   * @param key calls are counted separately for each key
   */
  public static int most(
      Collection<OutsideCall> calls, Duration period, Function<OutsideCall, String> key) {
    Map<String, Deque<Instant>> latest = new HashMap<>();
    int most = 0;
    for (OutsideCall call :
        calls.stream().sorted(Comparator.comparing(OutsideCall::began)).toList()) {
      Deque<Instant> within = latest.computeIfAbsent(key.apply(call), it -> new ArrayDeque<>());
      within.addLast(call.began());
      while (!within.getFirst().isAfter(call.began().minus(period))) {
        within.removeFirst();
      }
      most = Math.max(most, within.size());
    }
    return most;
  }

  /** How many calls each system got. */
  public static Map<OutsideCall.System, Long> bySystem(Collection<OutsideCall> calls) {
    return calls.stream()
        .collect(Collectors.groupingBy(OutsideCall::system, Collectors.counting()));
  }
}
