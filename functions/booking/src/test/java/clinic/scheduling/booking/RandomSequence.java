package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Asked.Visit;
import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HardStates.Kind;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.World;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Some days at the clinic: patients, staff, a Canvas that fails, a process that dies. */
final class RandomSequence {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Duration[] PAUSES = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(31),
    Duration.ofSeconds(61),
    Duration.ofMinutes(17),
    Duration.ofHours(2)
  };
  private static final World WORLD = World.local();
  private static final int PATIENTS = 5;
  private static final int MOST_REPEATS = 60;

  private final Stage stage;
  private final Random random;
  private final HardStates hard;
  private final Troubles troubles;
  private final Staff staff;
  private final SequenceRules rules;
  private final List<Visit> visits = new ArrayList<>();
  private final List<Asked> requests = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();

  RandomSequence(Stage stage, long seed, HardStates hard) {
    this.stage = stage;
    this.random = new Random(seed);
    this.hard = hard;
    this.troubles = new Troubles(stage.sandbox(), random);
    this.staff = new Staff(stage.sandbox().canvas().frontDesk());
    this.rules = new SequenceRules(stage, troubles, hard);
  }

  void run(Instant begin) {
    stage.sandbox().canvas().become(WORLD);
    stage.rows().clear();
    stage.changes().clear();
    stage.clock().set(begin);
    int steps = 6 + random.nextInt(5);
    for (int step = 0; step < steps; step++) {
      step();
    }
    troubles.end();
    requests.stream().filter(Asked::isOpen).forEach(this::settle);
    rules.atTheEnd(visits, requests);
  }

  /** The history of the sequence, for whoever looks for the cause of a failure. */
  String trace() {
    return String.join("\n", trace);
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 30 || visits.isEmpty()) {
      book();
    } else if (dice < 45) {
      booked().ifPresent(this::move);
    } else if (dice < 53) {
      booked().ifPresent(this::cancel);
    } else if (dice < 66) {
      Asked again = requests.get(random.nextInt(requests.size()));
      if (!again.dropped) {
        send(again);
      }
    } else if (dice < 70) {
      booked().ifPresent(this::read);
    } else if (dice < 92) {
      staff(dice);
    } else {
      Duration pause = PAUSES[random.nextInt(PAUSES.length)];
      trace.add("pause " + pause);
      stage.clock().move(pause);
    }
  }

  private void book() {
    int patient = random.nextInt(PATIENTS);
    Offer offer = offer(random.nextBoolean() ? "office" : "video");
    Visit visit = new Visit(patient);
    visits.add(visit);
    String family = "Randompatient" + "abcde".charAt(patient);
    String body =
        stage
            .desk()
            .body(stage.offers().slot(offer), family, "CA")
            .replace("+15555550145", "+1555555015" + patient);
    String key = key();
    ask(Asked.Kind.BOOK, visit, Optional.of(offer), () -> stage.calls().book(key, body));
  }

  private void move(Visit visit) {
    String coding = String.valueOf(stage.canvas().current(visit.root()).appointmentType());
    Offer offer = offer(coding.contains("308335008") ? "office" : "video");
    String slot = stage.offers().slot(offer);
    String key = key();
    ask(
        Asked.Kind.MOVE,
        visit,
        Optional.of(offer),
        () -> stage.calls().move(visit.root(), visit.token, key, slot));
  }

  private void cancel(Visit visit) {
    String key = key();
    visit.wantedGone = true;
    ask(
        Asked.Kind.CANCEL,
        visit,
        Optional.empty(),
        () -> stage.calls().cancel(visit.root(), visit.token, key, "{}"));
  }

  private void read(Visit visit) {
    troubles.begin(false);
    Answer answer = stage.calls().read(visit.root(), visit.token);
    troubles.end();
    if (answer.status() != 503) {
      rules.isSeenAsItIs(visit, answer);
    }
  }

  private void ask(Asked.Kind kind, Visit visit, Optional<Offer> requested, Supplier<Answer> call) {
    Optional<CanvasBook.Line> before = visit.id.map(id -> stage.canvas().line(id));
    Asked asked = new Asked(kind, visit, requested, before, call);
    requests.add(asked);
    send(asked);
  }

  private void send(Asked asked) {
    boolean first = requests.get(requests.size() - 1) == asked && asked.isOpen();
    troubles.begin(first);
    if (random.nextInt(100) < 8) {
      stage.life().dieAt(1 + random.nextInt(24));
    }
    rules.send(asked, trace);
    troubles.end();
  }

  /** Repeats as soon as the answer allows, later less often, until the outcome is known. */
  private void settle(Asked asked) {
    for (int repeat = 0; repeat < MOST_REPEATS && asked.isOpen(); repeat++) {
      int patience = repeat < 3 ? 1 : 8;
      Optional<Answer> answer = rules.send(asked, trace);
      answer
          .map(one -> one.headers().get("Retry-After"))
          .map(after -> Duration.ofSeconds(Long.parseLong(after)))
          .ifPresent(after -> stage.clock().move(after.multipliedBy(patience)));
    }
    assertThat(asked.isOpen()).as("%s is never settled", asked.kind).isFalse();
  }

  private void staff(int dice) {
    if (dice < 77) {
      CanvasBook canvas = stage.canvas();
      Optional<String> patient =
          canvas.byId().values().stream().flatMap(one -> one.patient().stream()).findFirst();
      Offer offer = offer(random.nextBoolean() ? "office" : "video");
      trace.add("staff book " + offer);
      patient.ifPresent(key -> staff.book(offer, key));
    } else if (dice < 78) {
      block();
    } else {
      visitInCanvas().ifPresent(visit -> staff(dice, visit));
    }
  }

  private void staff(int dice, Visit visit) {
    Appointment current = current(visit);
    String id = String.valueOf(current.id());
    trace.add("staff " + dice + " at visit " + visits.indexOf(visit));
    if (dice < 82) {
      String type = String.valueOf(current.appointmentType());
      Offer to = offer(type.contains("308335008") ? "office" : "video");
      staff.reschedule(visit, id, to);
    } else if (dice < 86) {
      staff.cancel(visit, id);
    } else if (dice < 88 && visit.id.isPresent() && staff.restore(id)) {
      hard.reached(Kind.RESTORED_BY_STAFF);
    } else if (dice < 90) {
      staff.checkIn(id);
    } else {
      staff.confirm(id);
    }
  }

  private void block() {
    Instant start = offer("office").start();
    LocalDate day = LocalDate.ofInstant(start, ZONE);
    LocalTime from = LocalTime.ofInstant(start, ZONE);
    stage
        .sandbox()
        .canvas()
        .addToCalendar(
            CalendarEvent.on(
                CalendarEvent.Kind.ADMIN,
                new ScheduleKey(1, Desk.INGRID),
                day,
                from,
                from.plusMinutes(30)));
  }

  /** One of a few times, so that visits collide. */
  private Offer offer(String visit) {
    int day = random.nextInt(2);
    int halfHour = 12 + random.nextInt(4);
    return visit.equals("office")
        ? stage.offers().office(day, halfHour)
        : stage.offers().video(random.nextBoolean() ? Desk.INGRID : Offers.OMAR, day, halfHour);
  }

  private Optional<Visit> booked() {
    return one(visits.stream().filter(visit -> visit.id.isPresent()).toList());
  }

  /** A visit in Canvas. Its patient may not have an answer yet. */
  private Optional<Visit> visitInCanvas() {
    return one(visits.stream().filter(visit -> visit.bookingId.isPresent()).toList());
  }

  private Appointment current(Visit visit) {
    CanvasBook canvas = stage.canvas();
    String root = String.valueOf(canvas.named(visit.bookingId.orElseThrow()).get(0).id());
    return canvas.current(root);
  }

  private Optional<Visit> one(List<Visit> some) {
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
  }

  private String key() {
    return Long.toHexString(random.nextLong());
  }
}
