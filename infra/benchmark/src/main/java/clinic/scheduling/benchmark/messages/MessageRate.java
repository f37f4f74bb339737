package clinic.scheduling.benchmark.messages;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.Visits;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.confirmations.render.Rendering;
import clinic.scheduling.core.practice.PracticeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * How many mails one warm process of the packaged function sends per second if SES takes 20 ms. The
 * mails are reminders of visits a week ahead, each of which is read from Canvas. It also measures
 * the share of composing: the function's own classes compose the same mail in this process.
 */
public final class MessageRate implements Measurement {
  private static final int WARM_UP = 100;
  private static final int MESSAGES = 300;
  private static final int MAIL_MILLIS = 20;
  private static final int RENDERED = 20_000;
  private static final double SHARE_LIMIT = 0.05;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Settings settings;
  private final Clock clock;

  public MessageRate(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress)
      throws IOException, InterruptedException, ExecutionException {
    Path practice = ReminderRuns.practice(settings);
    double each;
    try (BenchmarkClinic clinic =
        BenchmarkClinic.with(settings, 1, Map.of("PRACTICE", practice.toString()), clock)) {
      clinic.withoutNotices();
      clinic.paceOfMail(MAIL_MILLIS);
      Visits visits = new Visits(clinic, clock);
      ReminderRuns reminders = new ReminderRuns(clinic);
      Instant inAWeek = clock.instant().plus(Duration.ofDays(7)).minus(Duration.ofHours(2));
      visits.book(WARM_UP, inAWeek.minus(Duration.ofHours(1)), Duration.ofSeconds(1));
      reminders.run();
      await(reminders, WARM_UP);
      progress.say("messages: the function is warm, " + Machine.now());
      visits.book(MESSAGES, clock.instant().plus(Duration.ofDays(7)), Duration.ZERO);
      Thread.sleep(1_000);
      reminders.run();
      List<Instant> sent = await(reminders, WARM_UP + MESSAGES);
      each = millisEach(sent.subList(WARM_UP, sent.size()));
    }
    return table(each, render(practice));
  }

  private static List<Instant> await(ReminderRuns reminders, int count)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Instant> sent = reminders.sent();
    while (sent.size() < count && System.nanoTime() < end) {
      Thread.sleep(200);
      sent = reminders.sent();
    }
    if (sent.size() != count) {
      throw new IOException("%d of %d messages were sent".formatted(sent.size(), count));
    }
    return sent;
  }

  private static double millisEach(List<Instant> sent) {
    Duration all = Duration.between(sent.get(0), sent.get(sent.size() - 1));
    return all.toNanos() / 1e6 / (sent.size() - 1);
  }

  /** The milliseconds to write one mail and one text message. */
  private double render(Path practice) throws IOException {
    Rendering rendering = new Rendering(PracticeReader.read(Files.readString(practice)), clock);
    long length = 0;
    long start = 0;
    for (int round = 0; round < 2; round++) {
      start = System.nanoTime();
      for (int number = 0; number < RENDERED; number++) {
        length += rendering.mail(number) + rendering.text();
      }
    }
    double millis = (System.nanoTime() - start) / 1e6 / RENDERED;
    if (length == 0) {
      throw new IllegalStateException("nothing was written");
    }
    return millis;
  }

  private static Table table(double each, double render) {
    Ratio share = new Ratio(render / each, SHARE_LIMIT);
    return new Table(
        "messages: one process, a mail that takes %d ms at its provider".formatted(MAIL_MILLIS),
        List.of("messages", "a second", "ms each", "ms to write one", "share of writing"),
        List.of(
            List.of(
                String.valueOf(MESSAGES),
                String.format(Locale.ROOT, "%.1f", 1_000 / each),
                String.format(Locale.ROOT, "%.1f", each),
                String.format(Locale.ROOT, "%.3f", render),
                share.toString())),
        share.reached());
  }
}
