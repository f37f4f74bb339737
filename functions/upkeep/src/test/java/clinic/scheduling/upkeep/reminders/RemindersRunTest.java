package clinic.scheduling.upkeep.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reminder that is due is requested under one key, whatever is lost, repeated or late. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class RemindersRunTest {
  private static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
  private static final LocalTime AT_NIGHT = LocalTime.of(3, 7);
  private static final int MORE_THAN_A_SEARCH = 5_100;

  /** More rows than four reads of a thousand rows each return. */
  private static final int MORE_THAN_FOUR_SHELVES = 4_500;

  @Inject Canvas canvas;
  @Inject ObjectMapper mapper;
  Sandbox sandbox;
  private final MovableClock clock =
      new MovableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES));
  private final MemoryRows rows = new MemoryRows(clock);
  private final MemoryQueue<PatientMessage> queue = new MemoryQueue<>();

  @BeforeEach
  void noFaults() {
    sandbox.canvas().faults().clear();
  }

  @Test
  void aReminderIsOrderedOnceItIsDueAndNotAgainByTheNextRun() {
    String visit = visit(Duration.ofDays(2).plusMinutes(4));
    run(practice());
    assertThat(orders(visit)).isEmpty();

    clock.move(Duration.ofMinutes(5));
    run(practice());
    clock.move(Duration.ofMinutes(5));
    run(practice());

    assertThat(orders(visit)).hasSize(1);
    PatientMessage order = orders(visit).get(0);
    assertThat(order.change()).isEqualTo(Change.REMINDER.word());
    assertThat(order.messageKey()).matches(visit + "#confirm-[0-9]{8}");
  }

  @Test
  void whatWasLostIsFoundAgain() {
    String visit = visit(Duration.ofDays(2).minusHours(3));

    run(practice());

    assertThat(orders(visit)).as("due three hours ago, no run before").hasSize(1);
  }

  @Test
  void aRunThatFailsLeavesNothingOut() {
    String visit = visit(Duration.ofDays(2).plusMinutes(2));
    run(practice());
    clock.move(Duration.ofMinutes(5));
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Appointment"));

    assertThatThrownBy(() -> run(practice())).isInstanceOf(RuntimeException.class);
    clock.move(Duration.ofHours(1));
    run(practice());

    assertThat(orders(visit)).hasSize(1);
  }

  @Test
  void theReminderOfAMovedVisitBearsTheNameOfTheFirstAppointmentAndTheNewTime() {
    String visit = visit(Duration.ofDays(9));
    Instant moved = clock.instant().plus(Duration.ofDays(2));
    String after =
        sandbox.canvas().frontDesk().reschedule(visit, moved, Optional.empty(), Optional.empty());

    run(practice());

    assertThat(orders(after)).isEmpty();
    assertThat(orders(visit))
        .extracting(PatientMessage::messageKey)
        .containsExactly(visit + "#confirm-" + moved.getEpochSecond() / 60);
  }

  @Test
  void whatIsCancelledOrPatientlessIsNotOrdered() {
    String visit = visit(Duration.ofDays(2));
    sandbox.canvas().frontDesk().cancel(visit);

    run(practice());

    assertThat(orders(visit)).isEmpty();
  }

  @Test
  void whereCanvasRemindsNothingIsReadOrOrdered() {
    String visit = visit(Duration.ofDays(2));

    JsonNode answer = run(PracticeReader.read(example()));

    assertThat(orders(visit)).isEmpty();
    assertThat(answer.has("confirm")).isFalse();
  }

  @Test
  void messagesThatWaitedForTheMorningAreOrderedThen() {
    DeferredMessages waiting = new DeferredMessages(rows, clock);
    PatientMessage order = PatientMessage.of("v", Change.MOVED, "v#3", "bk-1");
    waiting.put(order, clock.instant().plus(Duration.ofHours(9)));
    waiting.put(order, clock.instant().plus(Duration.ofHours(9)));

    run(practice());
    assertThat(queue.sent()).doesNotContain(order);
    for (int runs = 0; runs < 4; runs++) {
      clock.move(runs == 0 ? Duration.ofHours(9) : Duration.ofMinutes(5));
      run(practice());
    }

    assertThat(queue.sent().stream().filter(order::equals))
        .as("twice at most, for runs overlap by a minute; it has one name")
        .hasSizeBetween(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 15, 20, 49, 72, 160})
  void howeverLongNobodyRanWhatWaitedIsOrdered(int hours) {
    run(practice());
    PatientMessage order = PatientMessage.of("v", Change.MOVED, "v#4", "bk-1");
    new DeferredMessages(rows, clock).put(order, clock.instant().plus(Duration.ofHours(6)));

    clock.move(Duration.ofHours(6 + hours));
    run(practice());

    assertThat(queue.sent()).containsOnlyOnce(order);
  }

  /** The deferred message is requested even if there is no watermark. */
  @ParameterizedTest
  @ValueSource(ints = {20, 72})
  void soItIsWithoutAMark(int hours) {
    PatientMessage order = PatientMessage.of("v", Change.MOVED, "v#5", "bk-1");
    new DeferredMessages(rows, clock).put(order, clock.instant().plus(Duration.ofHours(6)));

    clock.move(Duration.ofHours(6 + hours));
    run(practice());

    assertThat(queue.sent()).containsOnlyOnce(order);
  }

  @Test
  void howeverManyWaitForOneHourAllAreOrderedOnce() {
    manyWaitForOneHour();

    assertThat(run(practice(), true, Duration.ofMinutes(1)).path("rested").asInt())
        .as("a dry run takes none off")
        .isEqualTo(MORE_THAN_FOUR_SHELVES);
    JsonNode first = run(practice(), false, Duration.ofMinutes(5), taking(Duration.ofMillis(10)));
    clock.move(Duration.ofMinutes(5));
    JsonNode second = run(practice());

    assertThat(first.path("rested").asInt()).isEqualTo(MORE_THAN_FOUR_SHELVES);
    assertThat(second.path("rested").asInt()).isZero();
    assertThat(queue.sent()).hasSize(MORE_THAN_FOUR_SHELVES).doesNotHaveDuplicates();
  }

  @Test
  void aRunThatHasNoTimeForAllThatWaitsGetsFurtherEachTime() {
    manyWaitForOneHour();
    Queue<PatientMessage> slow = taking(Duration.ofMillis(50));

    int runs = 0;
    while (!run(practice(), false, Duration.ofMinutes(1), slow).path("whole").asBoolean()) {
      assertThat(runs++).as("a page of a hundred at most is ordered again").isLessThan(5);
    }

    assertThat(runs).isGreaterThan(1);
    assertThat(queue.sent().stream().distinct()).hasSize(MORE_THAN_FOUR_SHELVES);
  }

  @Test
  void aDryRunOrdersNothingAndForgetsNothing() {
    String visit = visit(Duration.ofDays(2));

    JsonNode answer = run(practice(), true, Duration.ofMinutes(1));
    assertThat(answer.at("/confirm/due").asInt()).isPositive();
    assertThat(queue.sent()).isEmpty();
    run(practice());

    assertThat(orders(visit)).hasSize(1);
  }

  @Test
  void aRunOutOfTimeSaysSoAndTheNextOneBeginsWhereItBegan() {
    String visit = visit(Duration.ofDays(2));

    JsonNode answer = run(practice(), false, Duration.ofMillis(900));
    assertThat(answer.path("whole").asBoolean()).isFalse();
    assertThat(orders(visit)).isEmpty();
    clock.move(Duration.ofMinutes(10));
    run(practice());

    assertThat(orders(visit)).hasSize(1);
  }

  @Test
  void aRunReadsWhatIsDueAndNotWhatExists() {
    // The test runs at night, because neither the sandbox's own visits nor those of other tests
    // begin then.
    Instant night = clock.instant().atZone(LOS_ANGELES).plusDays(1).with(AT_NIGHT).toInstant();
    clock.move(Duration.between(clock.instant(), night));
    run(practice());
    for (int day = 20; day < 40; day++) {
      visit(Duration.ofDays(day));
    }
    visit(Duration.ofDays(2).plusMinutes(3));
    clock.move(Duration.ofMinutes(5));

    JsonNode answer = run(practice());

    assertThat(answer.at("/confirm/read").asInt()).isEqualTo(1);
    assertThat(answer.at("/week/read").asInt()).isZero();
  }

  @Test
  void moreThanOneSearchCanReadAreAllOrdered() {
    clock.move(Duration.ofDays(200));
    crowd(Duration.ofMinutes(50));

    JsonNode answer = run(practice(), false, Duration.ofMinutes(10));

    assertThat(answer.path("whole").asBoolean()).isTrue();
    assertThat(answer.at("/confirm/read").asInt())
        .as("each once, though the search was halved")
        .isEqualTo(MORE_THAN_A_SEARCH);
    assertThat(queue.sent().stream().map(PatientMessage::messageKey).distinct())
        .hasSize(MORE_THAN_A_SEARCH);
  }

  @Test
  void aMinuteThatCannotBeReadIsSaidAndHoldsUpNothingElse() {
    clock.move(Duration.ofDays(300));
    String before = visit(Duration.ofDays(2).minusMinutes(20));
    crowd(Duration.ofSeconds(1));
    String visit = visit(Duration.ofHours(2));
    String after = visit(Duration.ofDays(2).plusMinutes(3));
    try (LogLines log = new LogLines()) {
      JsonNode answer = run(practice(), false, Duration.ofMinutes(10));

      assertThat(answer.path("whole").asBoolean()).as("another run could do no more").isTrue();
      assertThat(answer.at("/confirm/unread").asInt()).isPositive();
      assertThat(log.text()).contains("reminders-too-many step=confirm");
    }
    assertThat(orders(visit)).as("of the step \"soon\"").hasSize(1);
    assertThat(orders(before)).as("of the same step and the same hour").hasSize(1);

    clock.move(Duration.ofMinutes(10));
    run(practice(), false, Duration.ofMinutes(10)); // looks back a minute into the first run
    clock.move(Duration.ofMinutes(10));
    try (LogLines log = new LogLines()) {
      run(practice(), false, Duration.ofMinutes(10));

      assertThat(log.text()).as("it is behind us").doesNotContain("reminders-too-many");
    }
    assertThat(orders(after)).hasSize(1);
  }

  @Test
  void aRunThatFailsHalfWayIsNotRepeatedFromItsBeginning() {
    String early = visit(Duration.ofDays(2).minusMinutes(550));
    String late = visit(Duration.ofDays(2).minusHours(1));
    Queue<PatientMessage> broken =
        (order, delay) -> {
          if (order.appointment().equals(late)) {
            throw new IllegalStateException("no queue");
          }
          queue.send(order, delay);
        };

    assertThatThrownBy(() -> run(practice(), false, Duration.ofMinutes(1), broken))
        .hasMessage("no queue");
    run(practice());

    assertThat(orders(late)).hasSize(1);
    assertThat(orders(early)).as("ordered by the run that failed, and noted").hasSize(1);
  }

  @Test
  void aRunGoesOnPieceByPieceForAsLongAsItHasTime() {
    String early = visit(Duration.ofDays(2).minusMinutes(550));
    String late = visit(Duration.ofDays(2).minusHours(1));
    Queue<PatientMessage> slow =
        (order, delay) -> {
          queue.send(order, delay);
          clock.move(Duration.ofSeconds(order.appointment().equals(early) ? 55 : 0));
        };

    JsonNode first = run(practice(), false, Duration.ofMinutes(1), slow);
    assertThat(first.path("whole").asBoolean()).isFalse();
    assertThat(orders(early)).hasSize(1);
    assertThat(orders(late)).isEmpty();
    run(practice());

    assertThat(orders(early)).hasSize(1);
    assertThat(orders(late)).hasSize(1);
  }

  @Test
  void messagesThatWaitedNeedNoCanvas() {
    PatientMessage order = PatientMessage.of("v", Change.MOVED, "v#3", "bk-1");
    new DeferredMessages(rows, clock).put(order, clock.instant().plus(Duration.ofHours(9)));
    clock.move(Duration.ofHours(10));
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Appointment"));

    assertThatThrownBy(() -> run(practice())).isInstanceOf(RuntimeException.class);

    assertThat(queue.sent()).contains(order);
  }

  private List<PatientMessage> orders(String visit) {
    return queue.sent().stream().filter(order -> order.appointment().equals(visit)).toList();
  }

  private JsonNode run(Practice practice) {
    return run(practice, false, Duration.ofMinutes(1));
  }

  private JsonNode run(Practice practice, boolean dry, Duration time) {
    return run(practice, dry, time, queue);
  }

  private JsonNode run(
      Practice practice, boolean dry, Duration time, Queue<PatientMessage> messages) {
    RemindPatients task =
        new RemindPatients(
            canvas,
            practice,
            messages,
            new DeferredMessages(rows, clock),
            new ReminderWatermark(rows, clock),
            clock,
            () -> OutsideWorld.SYSTEM);
    TaskRequest request =
        new TaskRequest(
            "reminders", Optional.empty(), Optional.empty(), Optional.empty(), dry, false);
    return task.run(request, Deadline.in(time, clock));
  }

  private static Practice practice() {
    return PracticeReader.read(
        example().replace("\"canvasReminders\": true", "\"canvasReminders\": false"));
  }

  private static String example() {
    try {
      return Files.readString(Path.of("../../infra/practice.example.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void manyWaitForOneHour() {
    clock.move(Duration.ofDays(400));
    Instant morning = clock.instant().plus(Duration.ofHours(9));
    DeferredMessages waiting = new DeferredMessages(rows, clock);
    for (int order = 0; order < MORE_THAN_FOUR_SHELVES; order++) {
      waiting.put(PatientMessage.of("v", Change.MOVED, "v" + order + "#1", "bk-1"), morning);
      clock.move(Duration.ofMillis(5));
    }
    clock.move(Duration.ofHours(9));
  }

  /** The queue, which takes this time to send each message. */
  private Queue<PatientMessage> taking(Duration time) {
    return (order, delay) -> {
      queue.send(order, delay);
      clock.move(time);
    };
  }

  /** Creates visits whose reminders have fallen due within this time before now. */
  private void crowd(Duration within) {
    String patient = patient();
    for (int visit = 0; visit < MORE_THAN_A_SEARCH; visit++) {
      Instant start = clock.instant().plus(Duration.ofDays(2));
      sandbox
          .canvas()
          .frontDesk()
          .book(
              mapper.valueToTree(
                  appointment(start.minusSeconds(visit % within.toSeconds()), patient)));
    }
  }

  private String visit(Duration ahead) {
    return written(canvas.create(appointment(clock.instant().plus(ahead), patient())));
  }

  private static Appointment appointment(Instant start, String patient) {
    return new Appointment(
        "Appointment",
        null,
        null,
        List.of(Identifier.usual(OutsideWorld.SYSTEM, "bk-" + UUID.randomUUID())),
        "proposed",
        CodeableConcept.of(new Coding("http://snomed.info/sct", "308335008", "Office Visit")),
        null,
        null,
        List.of(Reference.to("Location", HARBOR)),
        start.toString(),
        start.plusSeconds(1800).toString(),
        List.of(
            Participant.accepted(Reference.to("Patient", patient)),
            Participant.accepted(Reference.to("Practitioner", INGRID))));
  }

  private String patient() {
    return written(
        canvas.create(
            new Patient(
                "Patient",
                null,
                List.of(Extension.ofCode(BIRTH_SEX, "UNK")),
                null,
                true,
                List.of(
                    new HumanName("official", null, Phi.of("Sample"), List.of(Phi.of("Avery")))),
                null,
                null,
                "unknown",
                Phi.of("1990-02-03"))));
  }

  private static String written(WriteOutcome outcome) {
    return ((WriteOutcome.Written) outcome).id();
  }
}
