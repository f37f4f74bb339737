package clinic.scheduling.benchmark.bookings;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.OpenLoop;
import clinic.scheduling.benchmark.clinic.OpenLoop.Sample;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.benchmark.report.Times;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Twenty bookings a second for half a minute: 600 callers for 200 times, three for each, in random
 * order. One of the three books the time, and the others get {@code slot-taken}. Change notices
 * stay in their queue, and Canvas sends no notices.
 */
public final class BookingRush implements Measurement {
  private static final String FUNCTION = "BookAppointment";
  private static final int SCHEDULES = 40;
  private static final int TIMES = 200;
  private static final int CALLERS_EACH = 3;
  private static final int PER_SECOND = 20;
  private static final Duration TIME = Duration.ofSeconds(TIMES * CALLERS_EACH / PER_SECOND);
  private static final int ANSWER_MILLIS = 50;

  /**
   * At the beginning no time is taken yet and most requests are real bookings, so for some seconds
   * more callers wait than there are processes.
   */
  private static final int PROCESSES = 12;

  private static final int WARM_UP_ROUNDS = 4;
  private static final double PACE_LIMIT = 1.05;

  private final Settings settings;
  private final Clock clock;
  private int persons;

  public BookingRush(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic =
        BenchmarkClinic.largeOnItsOwn(settings, SCHEDULES, PROCESSES, clock)) {
      BookingClient desk = new BookingClient(clinic, clock);
      long seed = clock.millis();
      clinic.withoutNotices();
      clinic.toggle("answerAfterMs", ANSWER_MILLIS);
      warmUp(clinic, desk);
      progress.say(
          "rush: seed %d, %d processes are warm, %s"
              .formatted(seed, clinic.processes(FUNCTION).size(), Machine.now()));
      ConcurrentMap<String, Integer> outcomes = new ConcurrentHashMap<>();
      List<Sample> samples = run(clinic, desk, seed, outcomes);
      progress.say("rush: %s, %s".formatted(outcomes, Machine.now()));
      return table(samples, outcomes, desk.doublyBooked());
    }
  }

  /** Sends as many requests at once as there are processes, so that all processes are warm. */
  private void warmUp(BenchmarkClinic clinic, BookingClient desk)
      throws IOException, InterruptedException {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      warmUpOnce(clinic, desk);
    }
  }

  private void warmUpOnce(BenchmarkClinic clinic, BookingClient desk)
      throws IOException, InterruptedException {
    Iterator<String> times = desk.times(TIMES).iterator();
    while (times.hasNext()) {
      List<CompletableFuture<?>> together = new ArrayList<>();
      while (times.hasNext() && together.size() < PROCESSES) {
        together.add(
            clinic
                .web()
                .sendAside(desk.booking(times.next(), "rush" + persons++))
                .handle((answer, failure) -> failure == null));
      }
      CompletableFuture.allOf(together.toArray(CompletableFuture[]::new)).join();
    }
  }

  private List<Sample> run(
      BenchmarkClinic clinic,
      BookingClient desk,
      long seed,
      ConcurrentMap<String, Integer> outcomes)
      throws IOException, InterruptedException {
    List<String> wanted = new ArrayList<>();
    List<String> times = desk.times(TIMES);
    for (int caller = 0; caller < CALLERS_EACH; caller++) {
      wanted.addAll(times);
    }
    Collections.shuffle(wanted, new Random(seed));
    Iterator<String> next = wanted.iterator();
    return new OpenLoop(
            clinic.web(),
            () ->
                new OpenLoop.Call(
                    "booking",
                    desk.booking(next.next(), "rush" + persons++),
                    answer -> outcomes.merge(BookingClient.outcome(answer), 1, Integer::sum)))
        .run(PER_SECOND, TIME);
  }

  private static Table table(
      List<Sample> samples, Map<String, Integer> outcomes, long doublyBooked) {
    int booked = outcomes.getOrDefault("201", 0);
    int errors = samples.size() - booked - outcomes.getOrDefault("409 slot-taken", 0);
    Ratio pace = pace(samples);
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("all", samples));
    rows.add(row("201", only(samples, one -> one.status() == 201)));
    rows.add(row("409", only(samples, one -> one.status() == 409)));
    return new Table(
        "rush: %d requests a second for %d s over %d times, Canvas taking %d ms a call, ms from when each was due; booked %d of %d, errors %d of 0, booked twice %d of 0; time / %d s %s"
            .formatted(
                PER_SECOND,
                TIME.toSeconds(),
                TIMES,
                ANSWER_MILLIS,
                booked,
                TIMES,
                errors,
                doublyBooked,
                TIME.toSeconds(),
                pace),
        List.of("", "requests", "p50", "p90", "p99", "most"),
        rows,
        errors == 0 && booked == TIMES && doublyBooked == 0 && pace.reached());
  }

  private static List<Sample> only(List<Sample> samples, Predicate<Sample> which) {
    return samples.stream().filter(which).toList();
  }

  private static List<String> row(String kind, List<Sample> samples) {
    if (samples.isEmpty()) {
      return List.of(kind, "0", "", "", "", "");
    }
    Times times = Times.of(samples.stream().map(Sample::nanos).toList());
    return List.of(
        kind,
        String.valueOf(samples.size()),
        ms(times.p50()),
        ms(times.percentile(90)),
        ms(times.p99()),
        ms(times.greatest()));
  }

  private static Ratio pace(List<Sample> samples) {
    double seconds =
        samples.stream().mapToDouble(one -> one.due() + one.nanos() / 1e9).max().orElseThrow();
    return new Ratio(seconds / TIME.toSeconds(), PACE_LIMIT);
  }

  private static String ms(double millis) {
    return String.format(Locale.ROOT, "%.0f", millis);
  }
}
