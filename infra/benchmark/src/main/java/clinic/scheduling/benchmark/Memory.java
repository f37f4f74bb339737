package clinic.scheduling.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The most memory that the process of the function ever held, Java's own included, over lookups
 * that are as large as lookups can be: 256 schedules, 62 days, a candidate every quarter of an
 * hour, each window another one, so that what is kept of the ones before is still held.
 */
final class Memory implements Measurement {
  private static final int SCHEDULES = 256;
  private static final int LOOKUPS = 6;
  private static final int STEP_MINUTES = 15;
  private static final double LIMIT_MEGABYTES = 512;
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  private final Settings settings;
  private final Clock clock;

  Memory(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (Clinic clinic = Clinic.large(settings, SCHEDULES, clock)) {
      long process = clinic.processes().get(0);
      clinic.toggle("slotStepMinutes", STEP_MINUTES);
      List<List<String>> rows = new ArrayList<>();
      rows.add(row("started", "", process));
      for (int number = 0; number < LOOKUPS; number++) {
        LocalDate from = LocalDate.now(clock.withZone(ZONE)).plusDays(number);
        Web.Timed answer =
            clinic
                .web()
                .get(
                    clinic.api(),
                    "/slots?visit=office&limit=200&from=%s&to=%s"
                        .formatted(from, from.plusDays(61)));
        requireWhole(answer);
        String millis = String.valueOf(answer.nanos() / 1_000_000);
        progress.say("memory: lookup %d took %s ms".formatted(number + 1, millis));
        rows.add(row("lookup " + (number + 1), millis, process));
      }
      Ratio ratio = new Ratio(megabytes(process, "VmHWM") / LIMIT_MEGABYTES, 1);
      return new Table(
          "memory: %d schedules, 62 days; most resident memory / 512 MB %s"
              .formatted(SCHEDULES, ratio),
          List.of("after", "ms", "most MB"),
          rows,
          ratio.reached());
    }
  }

  private static void requireWhole(Web.Timed answer) throws IOException {
    if (answer.response().statusCode() != 200
        || !answer.response().body().contains("\"unavailable\":[]")) {
      throw new IOException("Not everybody answered: " + answer.response());
    }
  }

  private static List<String> row(String after, String millis, long process) throws IOException {
    return List.of(after, millis, String.valueOf((int) megabytes(process, "VmHWM")));
  }

  /** Of the kernel's account of the process; it counts in kB of 1024 bytes. */
  private static double megabytes(long process, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
            .filter(line -> line.startsWith(name + ":"))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .mapToDouble(Double::parseDouble)
            .findFirst()
            .orElseThrow()
        / 1024;
  }
}
