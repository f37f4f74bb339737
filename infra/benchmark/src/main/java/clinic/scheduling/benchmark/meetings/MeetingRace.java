package clinic.scheduling.benchmark.meetings;

import clinic.scheduling.benchmark.bookings.BookingClient;
import clinic.scheduling.benchmark.bookings.BookingClient.Offer;
import clinic.scheduling.benchmark.clinic.OutsideCall;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Patients book two times a second for a minute, and clinicians put meetings over the same times by
 * hand, each up to two seconds before or after the booking. Canvas refuses double bookings. At the
 * end, each time has a visit or a block: no visit is lost, and a meeting that stands on a visit was
 * reported once. Five minutes later the blocks are tried again, and nothing is reported again.
 */
public final class MeetingRace implements Measurement {
  private static final int CLINICIANS = 20;
  private static final int TIMES = 120;
  private static final int PER_SECOND = 2;
  private static final long SPREAD_MILLIS = 2_000;
  private static final int PROCESSES = 4;
  private static final int WARM_UP = 16;
  private static final int THREADS = 8;
  private static final Duration VISIT = Duration.ofMinutes(30);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** MirrorMeetings tries a refused block again after five minutes. */
  private static final Duration UNTIL_RETRY = Duration.ofSeconds(310);

  private static final Pattern CONFLICT =
      Pattern.compile("meeting-conflict practitioner=.* block=(\\S+) .*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final Clock clock;

  public MeetingRace(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** What takes one of the times in Canvas. */
  private record TimesTaken(int visits, int blocks) {
    TimesTaken and(boolean isBlock) {
      return isBlock ? new TimesTaken(visits, blocks + 1) : new TimesTaken(visits + 1, blocks);
    }
  }

  /**
   * The state at the end.
   *
   * @param lost times whose booking was answered with 201 and that have no visit
   * @param doubly times with a visit and a block, or with two of either
   * @param open times with neither
   * @param conflicts times with a visit; each has a meeting
   * @param refused how often Canvas has refused an appointment, of a patient or a block
   * @param reports the blocks of which a conflict was reported, once for each report
   */
  private record Outcome(
      long lost,
      long doubly,
      long open,
      long conflicts,
      long blocks,
      long refused,
      List<String> reports) {
    boolean holds() {
      return lost == 0
          && doubly == 0
          && open == 0
          && reports.size() == conflicts
          && Set.copyOf(reports).size() == reports.size();
    }
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (MeetingClinic clinic = MeetingClinic.start(settings, CLINICIANS, PROCESSES, clock)) {
      clinic.clinic().withoutDoubleBooking();
      BookingClient patients = new BookingClient(clinic.clinic(), clock);
      clinic.watchCalendars();
      clinic.queue(clinic.calendars());
      clinic.awaitQuiet(LIMIT);
      warmUp(clinic, patients);
      List<Offer> times = patients.offersApart(TIMES);
      long seed = clock.millis();
      progress.say("meetings-race: seed %d, %s".formatted(seed, Machine.now()));
      Map<Offer, String> answers = race(clinic, patients, times, seed);
      clinic.awaitQuiet(LIMIT);
      clinic.queue(clinic.calendars());
      clinic.awaitQuiet(LIMIT);
      Outcome first = outcome(clinic, times, answers);
      progress.say("meetings-race: %s, %s".formatted(counts(answers), Machine.now()));
      Thread.sleep(UNTIL_RETRY.toMillis());
      clinic.queue(clinic.calendars());
      clinic.awaitQuiet(LIMIT);
      Outcome later = outcome(clinic, times, answers);
      return table(answers, first, later, clinic.deadLetters());
    }
  }

  private void warmUp(MeetingClinic clinic, BookingClient patients)
      throws IOException, InterruptedException {
    List<CompletableFuture<?>> together = new ArrayList<>();
    for (Offer offer : patients.offersApart(WARM_UP)) {
      together.add(
          clinic
              .clinic()
              .web()
              .sendAside(patients.booking(offer.slot(), "warm" + together.size()))
              .handle((answer, failure) -> failure == null));
    }
    CompletableFuture.allOf(together.toArray(CompletableFuture[]::new)).join();
    for (MeetingCalendar calendar : clinic.calendars()) {
      clinic.make(calendar, clock.instant().plus(Duration.ofHours(30)), VISIT);
    }
    Thread.sleep(1_000);
    clinic.awaitQuiet(LIMIT);
  }

  /** Returns how each booking was answered. */
  private static Map<Offer, String> race(
      MeetingClinic clinic, BookingClient patients, List<Offer> times, long seed)
      throws IOException, InterruptedException {
    Random random = new Random(seed);
    Map<Offer, String> answers = new ConcurrentHashMap<>();
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      long first = SPREAD_MILLIS;
      for (int number = 0; number < times.size(); number++) {
        Offer time = times.get(number);
        String person = "race" + number;
        long booked = first + number * 1000L / PER_SECOND;
        long met = booked + random.nextLong(2 * SPREAD_MILLIS) - SPREAD_MILLIS;
        Callable<?> book =
            () ->
                answers.put(
                    time,
                    BookingClient.outcome(
                        clinic.clinic().web().send(patients.booking(time.slot(), person))));
        Callable<?> meet =
            () -> clinic.make(new MeetingCalendar(time.clinician()), time.start(), VISIT);
        all.add(threads.schedule(book, booked, TimeUnit.MILLISECONDS));
        all.add(threads.schedule(meet, met, TimeUnit.MILLISECONDS));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IOException("A booking or a meeting failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Outcome outcome(
      MeetingClinic clinic, List<Offer> times, Map<Offer, String> answers)
      throws IOException, InterruptedException {
    Map<String, TimesTaken> taken = new HashMap<>();
    for (JsonNode one : clinic.appointments()) {
      String key =
          MeetingClinic.participants(one).stream()
                  .filter(who -> who.startsWith("Practitioner/"))
                  .findFirst()
                  .orElse("")
              + " "
              + OffsetDateTime.parse(one.path("start").asText()).toInstant();
      taken.put(key, taken.getOrDefault(key, new TimesTaken(0, 0)).and(MeetingClinic.isBlock(one)));
    }
    long lost = 0;
    long doubly = 0;
    long open = 0;
    long conflicts = 0;
    long blocks = 0;
    for (Offer time : times) {
      TimesTaken here = taken.getOrDefault(key(time), new TimesTaken(0, 0));
      lost += "201".equals(answers.get(time)) && here.visits() == 0 ? 1 : 0;
      doubly += here.visits() + here.blocks() > 1 ? 1 : 0;
      open += here.visits() + here.blocks() == 0 ? 1 : 0;
      conflicts += here.visits() > 0 ? 1 : 0;
      blocks += here.blocks() > 0 ? 1 : 0;
    }
    return new Outcome(lost, doubly, open, conflicts, blocks, refused(clinic), reports(clinic));
  }

  private static long refused(MeetingClinic clinic) {
    return clinic.calls().after(0).stream().filter(OutsideCall::isRefusedAppointment).count();
  }

  private static String key(Offer time) {
    return "Practitioner/" + LargeWorld.key(time.clinician()) + " " + time.start();
  }

  /** The blocks of which a conflict was reported, once for each report. */
  private static List<String> reports(MeetingClinic clinic) throws IOException {
    List<String> blocks = new ArrayList<>();
    for (Path log : clinic.clinic().logs(MeetingClinic.FUNCTION)) {
      for (String line : Files.readAllLines(log)) {
        JsonNode json = line.startsWith("{") ? JSON.readTree(line) : JSON.nullNode();
        Matcher conflict = CONFLICT.matcher(json.path("message").asText());
        if (conflict.matches()) {
          blocks.add(conflict.group(1));
        }
      }
    }
    return blocks;
  }

  private static Map<String, Integer> counts(Map<Offer, String> answers) {
    Map<String, Integer> counts = new HashMap<>();
    answers.values().forEach(answer -> counts.merge(answer, 1, Integer::sum));
    return counts;
  }

  private static Table table(Map<Offer, String> answers, Outcome first, Outcome later, int dead) {
    Set<String> usual = new HashSet<>(Set.of("201", "409 slot-taken"));
    long errors = answers.values().stream().filter(answer -> !usual.contains(answer)).count();
    return new Table(
        "meetings-race: %d bookings a second over %d times that also get a meeting by hand; answers %s, errors %d of 0, dead letters %d of 0"
            .formatted(PER_SECOND, TIMES, counts(answers), errors, dead),
        List.of(
            "",
            "visits lost",
            "taken twice",
            "neither",
            "blocks",
            "refused by Canvas",
            "conflicts",
            "reports",
            "reported twice"),
        List.of(row("when all was quiet", first), row("after another try", later)),
        errors == 0
            && dead == 0
            && first.holds()
            && later.holds()
            && later.refused() >= first.refused() + first.conflicts());
  }

  private static List<String> row(String what, Outcome outcome) {
    return List.of(
        what,
        String.valueOf(outcome.lost()),
        String.valueOf(outcome.doubly()),
        String.valueOf(outcome.open()),
        String.valueOf(outcome.blocks()),
        String.valueOf(outcome.refused()),
        String.valueOf(outcome.conflicts()),
        String.valueOf(outcome.reports().size()),
        String.valueOf(outcome.reports().size() - Set.copyOf(outcome.reports()).size()));
  }
}
