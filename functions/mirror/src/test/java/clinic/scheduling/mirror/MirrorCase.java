package clinic.scheduling.mirror;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PostponedMessages;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.plan.StoredMeeting;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Shared by the tests of the function: calendars in memory, Canvas's stand-in, and a practice whose
 * calendars block time.
 */
@QuarkusTestResource(MirrorWorld.class)
abstract class MirrorCase {
  static final String INGRID = World.INGRID;
  static final String MAILBOX = "ingrid.testwell@example.invalid";
  static final int TIMEOUT = 60;
  static final Duration LEASE = Duration.ofSeconds(90);

  @Inject Canvas canvas;
  @Inject MovableClock clock;
  @Inject MortalRows rows;
  @Inject MemoryQueue<CalendarChange> changes;
  @Inject PostponedMessages postponed;
  @Inject ObjectMapper mapper;
  @Inject SignedTokens tokens;
  @Inject IdentifierSystem system;
  Sandbox sandbox;
  LogLines log;
  PersonalCalendars outlook;
  PersonalCalendars google;
  Practice practice;
  MirrorMeetings function;

  @BeforeEach
  void anEmptyWorld() {
    clock.set(Instant.now());
    sandbox.canvas().become(World.examples());
    sandbox.canvas().faults().clear();
    sandbox.canvas().toggles().reset();
    rows.recover();
    rows.clear();
    changes.clear();
    postponed.clear();
    outlook = new PersonalCalendars(Provider.OUTLOOK);
    google = new PersonalCalendars(Provider.GOOGLE);
    log = new LogLines();
    practise("both", "");
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  /** From now on the function runs with this practice document. */
  void practise(String direction, String more) {
    practise(read(direction, more));
  }

  void practise(Practice changed) {
    practice = changed;
    function =
        new SimulatedMirror(
                rows,
                changes,
                postponed,
                "http://127.0.0.1/changes",
                practice,
                system,
                tokens,
                mapper,
                clock,
                TIMEOUT,
                (int) LEASE.toSeconds())
            .on(
                canvas,
                SimulatedRounds.on(rows, List.of(outlook, google), clock, (int) LEASE.toSeconds()));
  }

  private static Practice read(String direction, String more) {
    try {
      return PracticeReader.read(MirrorWorld.document(direction, more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String binding(Provider provider) {
    return practice.practitionerByCanvasId(INGRID).orElseThrow().calendars().stream()
        .filter(one -> one.provider() == provider)
        .map(CalendarBinding::key)
        .findFirst()
        .orElseThrow();
  }

  /** Delivers the hint that a calendar has changed, and returns exceptions instead of throwing. */
  List<RuntimeException> deliver(Provider provider) {
    return deliver(change(provider));
  }

  CalendarChange change(Provider provider) {
    String name = provider == Provider.OUTLOOK ? "outlook" : "google";
    return CalendarChange.of(name, binding(provider), clock.instant());
  }

  List<RuntimeException> deliver(CalendarChange change) {
    return deliver(change, UUID.randomUUID().toString());
  }

  List<RuntimeException> deliver(CalendarChange change, String messageId) {
    return deliver(change, messageId, 1);
  }

  /**
   * @param deliveries how often the queue has delivered the message, this time included
   */
  List<RuntimeException> deliver(CalendarChange change, String messageId, int deliveries) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(messageId);
    message.setReceiptHandle("receipt-" + messageId);
    message.setBody(text(change));
    message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(deliveries)));
    List<RuntimeException> thrown = new ArrayList<>();
    try {
      function.mirrorMeetings(message);
    } catch (RuntimeException e) {
      thrown.add(e);
    }
    return thrown;
  }

  private String text(CalendarChange change) {
    try {
      return mapper.writeValueAsString(change);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both calendars are read, and Canvas is brought in line with them. */
  void mirrorBoth() {
    List<RuntimeException> thrown = new ArrayList<>(deliver(Provider.OUTLOOK));
    thrown.addAll(deliver(Provider.GOOGLE));
    if (!thrown.isEmpty()) {
      throw thrown.get(0);
    }
  }

  /** The appointments of Ingrid's in Canvas that take time. */
  List<Appointment> standing() {
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    return canvas.appointmentsOf(INGRID, today.minusDays(9), today.plusDays(120)).stream()
        .filter(one -> !"cancelled".equals(one.status()))
        .toList();
  }

  /** A block that Canvas shows. */
  record ShownBlock(BlockName name, String appointment, Interval time) {}

  List<ShownBlock> blocks() {
    return standing().stream()
        .filter(one -> one.patient().isEmpty())
        .flatMap(
            one ->
                one.identifierOf(MirrorWorld.SYSTEM).flatMap(BlockName::parse).stream()
                    .map(
                        name ->
                            new ShownBlock(
                                name, String.valueOf(one.id()), one.time().orElseThrow())))
        .toList();
  }

  List<Interval> times() {
    return blocks().stream().map(ShownBlock::time).toList();
  }

  /** From now on Canvas refuses to search the appointments of a clinician. */
  void visitsAreUnreadable() {
    sandbox
        .canvas()
        .faults()
        .add(
            new Fault(
                "GET",
                "/Appointment",
                "practitioner",
                Fault.Kind.STATUS,
                503,
                Optional.empty(),
                0,
                Fault.UNTIL_CLEARED));
  }

  FrontDesk staff() {
    return sandbox.canvas().frontDesk();
  }

  /** Noon in the zone of the clinic, some days from now, in winter time. */
  static Instant day(int days) {
    return Instant.now()
        .truncatedTo(ChronoUnit.DAYS)
        .plus(Duration.ofDays(days))
        .plusSeconds(72_000);
  }

  static Interval hour(int days) {
    return Interval.of(day(days), Duration.ofHours(1));
  }

  static Meeting meeting(String id, Interval time) {
    return meeting(id, new Timed(time.start(), time.end()));
  }

  static Meeting meeting(String id, When when) {
    return meeting(id, "uid-" + id, Optional.empty(), when);
  }

  static Meeting instance(String series, int number, Interval time) {
    Meeting one = meeting(series + "-" + number, time);
    return new Meeting(
        one.id(),
        "uid-" + series,
        Optional.of(series),
        Optional.of(time.start()),
        one.when(),
        one.availability(),
        one.kind(),
        one.answer(),
        false,
        false,
        one.subject(),
        false);
  }

  private static Meeting meeting(
      String id, String uid, Optional<Instant> originalStart, When when) {
    return new Meeting(
        id,
        uid,
        Optional.empty(),
        originalStart,
        when,
        Availability.BUSY,
        Kind.DEFAULT,
        Answer.ACCEPTED,
        false,
        false,
        Optional.of(Phi.of("canary subject of " + id)),
        false);
  }

  /** The digest in the name of a meeting's block. */
  String block(Meeting meeting) {
    return StoredMeeting.of(
            meeting, INGRID, binding(Provider.OUTLOOK), StoredMeeting.digestKey(tokens))
        .block();
  }
}
