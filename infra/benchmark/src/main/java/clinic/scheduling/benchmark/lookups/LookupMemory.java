package clinic.scheduling.benchmark.lookups;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.WebClient;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The peak memory of the function's process over the largest lookups: 256 schedules, 62 days, a
 * candidate every quarter of an hour, and different windows, so that the cache still holds earlier
 * ones.
 */
public final class LookupMemory implements Measurement {
  private static final int SCHEDULES = 256;
  private static final int WARM_UP = 5;
  private static final int LOOKUPS = 10;
  private static final int STEP_MINUTES = 15;
  private static final double LIMIT_MEGABYTES = 512;
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  private final Settings settings;
  private final Clock clock;

  public LookupMemory(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic = BenchmarkClinic.large(settings, SCHEDULES, clock)) {
      clinic.toggle("slotStepMinutes", STEP_MINUTES);
      long process = clinic.processes().get(0);
      DateWindows days = new DateWindows(clock);
      for (int number = 0; number < WARM_UP; number++) {
        clinic.web().get(clinic.api(), "/slots?visit=office&" + days.next());
      }
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("days", "", "", megabytes(process)));
      for (int number = 0; number < LOOKUPS; number++) {
        WebClient.Timed answer = lookup(clinic, number);
        String millis = String.valueOf(answer.nanos() / 1_000_000);
        rows.add(
            List.of("62 days from day " + number, millis, notRead(answer), megabytes(process)));
        progress.say("memory: lookup %d took %s ms".formatted(number + 1, millis));
      }
      return table(rows, new Ratio(peakMegabytes(process) / LIMIT_MEGABYTES, 1));
    }
  }

  private static Table table(List<List<String>> rows, Ratio ratio) throws IOException {
    if (rows.stream().noneMatch(row -> row.get(2).equals("0"))) {
      throw new IOException("No lookup was read whole within the time that one may take");
    }
    return new Table(
        "memory: %d schedules in one process; most resident memory / 512 MB %s"
            .formatted(SCHEDULES, ratio),
        List.of("after", "ms", "not read", "most MB"),
        rows,
        ratio.reached());
  }

  private WebClient.Timed lookup(BenchmarkClinic clinic, int fromDay)
      throws IOException, InterruptedException {
    LocalDate from = LocalDate.now(clock.withZone(ZONE)).plusDays(fromDay);
    WebClient.Timed answer =
        clinic
            .web()
            .get(
                clinic.api(),
                "/slots?visit=office&limit=200&from=%s&to=%s".formatted(from, from.plusDays(61)));
    if (answer.response().statusCode() != 200) {
      throw new IOException("Not answered: " + answer.response());
    }
    return answer;
  }

  /** How many clinicians could not be read completely in time. */
  private static String notRead(WebClient.Timed answer) {
    return String.valueOf(answer.response().body().split("\"reason\":", -1).length - 1);
  }

  private static String megabytes(long process) throws IOException {
    return String.valueOf((int) peakMegabytes(process));
  }

  /** A value of the kernel's process status, in kB of 1024 bytes. */
  private static double peakMegabytes(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .mapToDouble(Double::parseDouble)
            .findFirst()
            .orElseThrow()
        / 1024;
  }
}
