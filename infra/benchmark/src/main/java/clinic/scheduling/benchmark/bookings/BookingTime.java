package clinic.scheduling.benchmark.bookings;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.benchmark.report.Times;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of a booking goes. The process is warm, the bookings come one after another, and
 * Canvas takes 50 ms for each call. First the persons are new to Canvas, then the same persons book
 * again. The function logs its calls and their times.
 */
public final class BookingTime implements Measurement {
  private static final String FUNCTION = "BookAppointment";
  private static final int SCHEDULES = 20;
  private static final int ANSWER_MILLIS = 50;
  private static final int WARM_UP = 60;
  private static final int BOOKINGS = 40;
  private static final double LIMIT = 0.25;

  private final Settings settings;
  private final Clock clock;

  public BookingTime(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The bookings for one kind of patient, with the time and the calls of each. */
  private record Kind(String name, List<Long> nanos, List<CanvasCalls> calls) {
    Times whole() {
      return Times.of(nanos);
    }

    Times inCanvas() {
      return Times.of(calls.stream().map(one -> one.millis() * 1_000_000).toList());
    }

    Times ofCall(int number) {
      return Times.of(
          calls.stream().map(one -> one.calls().get(number).millis() * 1_000_000).toList());
    }

    int count() {
      return calls.get(0).calls().size();
    }

    String what(int number) {
      return calls.get(0).order().get(number);
    }

    /** The ratio of the total times of all bookings, so that slow bookings count by their time. */
    Ratio outside() {
      double all = nanos.stream().mapToLong(Long::longValue).sum() / 1e6;
      double canvas = calls.stream().mapToLong(CanvasCalls::millis).sum();
      return new Ratio((all - canvas) / all, LIMIT);
    }
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic = BenchmarkClinic.large(settings, SCHEDULES, clock)) {
      BookingClient desk = new BookingClient(clinic, clock);
      List<String> times = new ArrayList<>(desk.times(2 * WARM_UP));
      book(clinic, desk, times.subList(0, WARM_UP), "warm");
      book(clinic, desk, times.subList(WARM_UP, 2 * WARM_UP), "warm");
      clinic.toggle("answerAfterMs", ANSWER_MILLIS);
      progress.say("booking: the function is warm, " + Machine.now());
      Kind unknown = kind("new patient", clinic, desk, desk.times(BOOKINGS));
      Kind known = kind("known patient", clinic, desk, desk.times(BOOKINGS));
      progress.say("booking: %d done, %s".formatted(2 * BOOKINGS, Machine.now()));
      return table(unknown, known);
    }
  }

  private static Kind kind(
      String name, BenchmarkClinic clinic, BookingClient desk, List<String> times)
      throws IOException, InterruptedException {
    List<Long> nanos = book(clinic, desk, times, "bench");
    List<CanvasCalls> all = CanvasCalls.of(clinic.log(FUNCTION));
    List<CanvasCalls> last = all.subList(all.size() - times.size(), all.size());
    if (last.stream().map(CanvasCalls::order).distinct().count() != 1) {
      throw new IOException("Not every booking for a " + name + " made the same calls");
    }
    return new Kind(name, nanos, last);
  }

  /** Books each time for a different person. */
  private static List<Long> book(
      BenchmarkClinic clinic, BookingClient desk, List<String> times, String family)
      throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int number = 0; number < times.size(); number++) {
      var request = desk.booking(times.get(number), family + number);
      long start = System.nanoTime();
      HttpResponse<String> answer = clinic.web().send(request);
      nanos.add(System.nanoTime() - start);
      if (answer.statusCode() != 201) {
        throw new IOException("Not booked: " + BookingClient.outcome(answer));
      }
    }
    return nanos;
  }

  private static Table table(Kind unknown, Kind known) {
    List<List<String>> rows = new ArrayList<>();
    for (int number = 0; number < Math.max(unknown.count(), known.count()); number++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(number + 1)));
      row.addAll(call(unknown, number));
      row.addAll(call(known, number));
      rows.add(row);
    }
    rows.add(row("all calls", unknown.inCanvas(), known.inCanvas()));
    rows.add(row("whole booking", unknown.whole(), known.whole()));
    return new Table(
        "booking: one after another, Canvas taking %d ms a call, p50 in ms; time outside Canvas calls / whole time: %s %s, %s %s"
            .formatted(
                ANSWER_MILLIS, unknown.name(), unknown.outside(), known.name(), known.outside()),
        List.of("call", "", unknown.name(), "", known.name()),
        rows,
        unknown.outside().reached() && known.outside().reached());
  }

  private static List<String> call(Kind kind, int number) {
    return number < kind.count()
        ? List.of(kind.what(number), ms(kind.ofCall(number)))
        : List.of("", "");
  }

  private static List<String> row(String what, Times unknown, Times known) {
    return List.of(what, "", ms(unknown), "", ms(known));
  }

  private static String ms(Times times) {
    return String.format(Locale.ROOT, "%.0f", times.p50());
  }
}
