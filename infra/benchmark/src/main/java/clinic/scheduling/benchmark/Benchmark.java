package clinic.scheduling.benchmark;

import clinic.scheduling.benchmark.bookings.BookingRush;
import clinic.scheduling.benchmark.bookings.BookingTime;
import clinic.scheduling.benchmark.calendars.BacklogTime;
import clinic.scheduling.benchmark.calendars.NoticeRate;
import clinic.scheduling.benchmark.calendars.NoticeTime;
import clinic.scheduling.benchmark.lookups.Computation;
import clinic.scheduling.benchmark.lookups.LookupLoad;
import clinic.scheduling.benchmark.lookups.LookupMemory;
import clinic.scheduling.benchmark.lookups.LookupTime;
import clinic.scheduling.benchmark.meetings.MeetingRace;
import clinic.scheduling.benchmark.meetings.MeetingTime;
import clinic.scheduling.benchmark.meetings.RoundTime;
import clinic.scheduling.benchmark.messages.MessageRate;
import clinic.scheduling.benchmark.messages.ReminderScan;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Part;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures one part after the other and prints their tables; {@code --help} says how. The exit code
 * is 0 if every limit was kept, 1 if one was missed, 2 if something could not be measured.
 */
public final class Benchmark {
  private static final int MISSED = 1;
  private static final int NOT_MEASURED = 2;

  private Benchmark() {}

  public static void main(String[] arguments) {
    exitWithParent();
    System.exit(run(List.of(arguments), System.out));
  }

  private static int run(List<String> arguments, PrintStream out) {
    Clock clock = Clock.systemUTC();
    Progress progress = new Progress(out, clock);
    try {
      Settings settings = Settings.parse(arguments);
      if (settings.help()) {
        out.println(Settings.HELP);
        return 0;
      }
      standInsPrintElsewhere(settings);
      return measure(settings, progress, clock) ? 0 : MISSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOT_MEASURED;
    } catch (Exception e) {
      out.println("\nIt could not be measured.\n" + e);
      return NOT_MEASURED;
    }
  }

  private static boolean measure(Settings settings, Progress progress, Clock clock)
      throws Exception {
    List<Table> tables = new ArrayList<>();
    for (Part part : settings.parts()) {
      progress.say("%s: %s".formatted(part.word(), Machine.now()));
      tables.add(measurement(part, settings, clock).measure(progress));
    }
    tables.forEach(progress::show);
    boolean reached = tables.stream().allMatch(Table::reached);
    progress.say(reached ? "Every figure was reached." : "A figure was missed.");
    return reached;
  }

  private static Measurement measurement(Part part, Settings settings, Clock clock) {
    return switch (part) {
      case LOOKUP -> new LookupTime(settings, clock);
      case COMPUTE -> new Computation(settings);
      case LOAD -> new LookupLoad(settings, clock);
      case MEMORY -> new LookupMemory(settings, clock);
      case BOOKING -> new BookingTime(settings, clock);
      case RUSH -> new BookingRush(settings, clock);
      case NOTICE -> new NoticeTime(settings, clock);
      case NOTICES -> new NoticeRate(settings, clock);
      case DRAIN -> new BacklogTime(settings, clock);
      case MEETING -> new MeetingTime(settings, clock);
      case MEETINGS -> new RoundTime(settings, clock);
      case MEETINGS_RACE -> new MeetingRace(settings, clock);
      case MESSAGES -> new MessageRate(settings, clock);
      case REMINDERS -> new ReminderScan(settings, clock);
    };
  }

  /** Redirects the output of the embedded stores to a file, so that the terminal stays readable. */
  private static void standInsPrintElsewhere(Settings settings) throws IOException {
    Files.createDirectories(settings.target());
    System.setOut(
        new PrintStream(
            Files.newOutputStream(settings.target().resolve("stand-ins.log")),
            true,
            StandardCharsets.UTF_8));
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  /** Exits if Maven is killed. */
  private static void exitWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              var unused = parent.onExit().thenRun(() -> System.exit(NOT_MEASURED));
            });
  }
}
