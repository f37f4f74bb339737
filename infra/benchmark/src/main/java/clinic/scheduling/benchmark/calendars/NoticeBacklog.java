package clinic.scheduling.benchmark.calendars;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.Visits;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A backlog of notices in the queue, each about a visit that is in no calendar yet, and how fast it
 * is processed.
 */
final class NoticeBacklog {
  /** Notices older than this get no delayed recheck. */
  private static final Duration LONG_AGO = Duration.ofMinutes(1);

  private static final String QUEUE = "appointment-changes";
  private static final String DEAD = QUEUE + "-dead-letters";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchmarkClinic clinic;
  private final Visits visits;
  private final Clock clock;

  NoticeBacklog(BenchmarkClinic clinic, Clock clock) throws IOException, InterruptedException {
    this.clinic = clinic;
    this.visits = new Visits(clinic, clock);
    this.clock = clock;
  }

  /**
   * The result of a backlog.
   *
   * @param mirrored the visits that are in both calendars
   */
  record Drained(int notices, Duration time, List<MirroredVisit> mirrored, int dead) {
    double perSecond() {
      return notices / (time.toMillis() / 1000.0);
    }

    /** The calls per minute to the calendar that was called most. */
    double callsPerMinute(String provider) {
      Map<String, Long> calls =
          mirrored.stream()
              .flatMap(one -> one.calendars().stream())
              .filter(calendar -> calendar.startsWith(provider))
              .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
      double most = calls.values().stream().mapToLong(Long::longValue).max().orElse(0);
      return most / (time.toMillis() / 60_000.0);
    }

    boolean complete() {
      return dead == 0 && mirrored.stream().map(MirroredVisit::visit).distinct().count() == notices;
    }
  }

  Drained drain(int notices, Duration limit) throws IOException, InterruptedException {
    Set<String> ids = new LinkedHashSet<>();
    for (int number = 0; number < notices; number++) {
      ids.add(visits.book());
    }
    Instant start = clock.instant();
    for (String id : ids) {
      clinic.stores().queues().send(QUEUE, notice(id, start.minus(LONG_AGO)));
    }
    while (!clinic.stores().messages(QUEUE).isEmpty()) {
      if (clock.instant().isAfter(start.plus(limit))) {
        throw new IOException("The backlog is not drained in " + limit);
      }
      Thread.sleep(100);
    }
    Duration time = Duration.between(start, clock.instant());
    List<MirroredVisit> mirrored =
        MirroredVisit.of(clinic.logs(MirroredVisit.FUNCTION)).stream()
            .filter(one -> ids.contains(one.visit()))
            .toList();
    return new Drained(notices, time, mirrored, clinic.stores().messages(DEAD).size());
  }

  /** How many lines of all logs contain some words. */
  static long logLines(BenchmarkClinic clinic, String words) throws IOException {
    long count = 0;
    for (Path log : clinic.logs(MirroredVisit.FUNCTION)) {
      try (Stream<String> lines = Files.lines(log)) {
        count += lines.filter(line -> line.contains(words)).count();
      }
    }
    return count;
  }

  private static String notice(String visit, Instant now) {
    return JSON.createObjectNode()
        .put("v", 1)
        .put("appointment", visit)
        .put("hint", "updated")
        .put("noticeId", "bench-" + visit)
        .put("receivedAt", now.toString())
        .toString();
  }
}
