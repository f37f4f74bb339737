package clinic.scheduling.fanout;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.Sandboxes;
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
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PostponedMessages;
import clinic.scheduling.core.visit.KnownVisits;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Shared by the tests of the whole function: a visit in Canvas, staff, calendars, notices. */
@QuarkusTestResource(OutsideWorld.class)
abstract class SyncCase {
  static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  static final String INGRIDS = "ingrid.testwell@example.invalid";
  static final String OMARS = "omar.samplesson@example.invalid";
  static final Duration LEASE = Duration.ofSeconds(40);

  /** If an entry is not visible so long after it was written, somebody has removed it. */
  static final Duration LONG_AFTER = Duration.ofMinutes(3);

  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static int visits;

  @Inject SyncCalendars function;
  @Inject Canvas canvas;
  @Inject MovableClock clock;
  @Inject MortalRows rows;
  @Inject FragileQueue messages;
  @Inject PostponedMessages postponed;
  @Inject MemoryQueue<ChangeNotice> changes;
  @Inject ObjectMapper mapper;
  Sandbox sandbox;
  Sandboxes calendars;
  LogLines log;

  /** The number of deliveries that SQS reports. */
  int deliveries = 1;

  final String bookingId = "bk-" + UUID.randomUUID();

  @BeforeEach
  void quiet() {
    clock.set(Instant.now());
    sandbox.graph().reset();
    sandbox.google().reset();
    sandbox.canvas().faults().clear();
    rows.recover();
    rows.clear();
    messages.recover();
    messages.clear();
    postponed.clear();
    changes.clear();
    deliveries = 1;
    calendars = new Sandboxes(sandbox);
  }

  @BeforeEach
  void openLog() {
    log = new LogLines();
  }

  @AfterEach
  void nothingThatWasExchangedBreaksTheProvidersOwnDescription() {
    calendars.assertThatDescriptionsHold();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  FrontDesk staff() {
    return sandbox.canvas().frontDesk();
  }

  /** A visit with Ingrid, booked through us, which is in no calendar yet. */
  String booked() {
    return appointment(Identifier.usual(OutsideWorld.SYSTEM, bookingId), patient());
  }

  /** A visit with Ingrid that staff have booked. */
  String ofStaff() {
    return appointment(Identifier.usual("urn:example:staff", "x-" + UUID.randomUUID()), patient());
  }

  /** Acts as if reconciliation had run. Every visit that is created from now on counts as new. */
  void reconciled() {
    new KnownVisits(rows, clock)
        .extend(INGRID, clock.instant(), clock.instant().plus(Duration.ofDays(400)));
  }

  /** Blocks time of Ingrid in Canvas. */
  String blocked(String identifier) {
    return written(
        canvas.create(
            visit(
                start(),
                Identifier.usual(OutsideWorld.SYSTEM, identifier),
                "272379006",
                List.of(practitioner()))));
  }

  /** Delivers the notice of a new visit, and returns the exception instead of throwing it. */
  List<RuntimeException> deliver(String appointment) {
    return deliver(appointment, UUID.randomUUID().toString());
  }

  List<RuntimeException> deliver(String appointment, String messageId) {
    return deliver(
        ChangeNotice.of(appointment, "created", "n-" + messageId, clock.instant(), bookingId),
        messageId);
  }

  /** Delivers a notice with another hint than that of a new appointment. */
  void deliverHint(String appointment, String hint) {
    String id = UUID.randomUUID().toString();
    ChangeNotice notice = ChangeNotice.of(appointment, hint, "n-" + id, clock.instant(), bookingId);
    List<RuntimeException> thrown = deliver(notice, id);
    if (!thrown.isEmpty()) {
      throw thrown.get(0);
    }
  }

  List<RuntimeException> deliver(ChangeNotice notice, String messageId) {
    try {
      return deliverText(mapper.writeValueAsString(notice), messageId);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  List<RuntimeException> deliverText(String body, String messageId) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(messageId);
    message.setReceiptHandle("receipt-" + messageId);
    message.setBody(body);
    message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(deliveries)));
    List<RuntimeException> thrown = new ArrayList<>();
    try {
      function.handle(message);
    } catch (RuntimeException e) {
      thrown.add(e);
    }
    return thrown;
  }

  JsonNode onlyInOutlook(String mailbox) {
    List<JsonNode> events = calendars.outlook(mailbox);
    if (events.size() != 1) {
      throw new AssertionError("in Outlook there are " + events.size());
    }
    return events.get(0);
  }

  JsonNode onlyInGoogle(String mailbox) {
    List<JsonNode> events = calendars.google(mailbox);
    if (events.size() != 1) {
      throw new AssertionError("in Google there are " + events.size());
    }
    return events.get(0);
  }

  static String id(JsonNode event) {
    return event.path("id").asText();
  }

  /** The requested messages without repeats of a key, which the consumer drops, too. */
  List<String> told() {
    return messages.sent().stream()
        .map(message -> message.messageKey().replaceFirst(".*#", "") + " " + message.change())
        .distinct()
        .toList();
  }

  Instant start() {
    return Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(7));
  }

  String appointment(Identifier identifier, String patient) {
    return appointment(identifier, patient, Duration.ZERO);
  }

  String appointment(Identifier identifier, String patient, Duration later) {
    return written(
        canvas.create(
            visit(
                start().plus(later),
                identifier,
                "308335008",
                List.of(Participant.accepted(Reference.to("Patient", patient)), practitioner()))));
  }

  String patient() {
    return written(
        canvas.create(
            new Patient(
                "Patient",
                null,
                List.of(Extension.ofCode(BIRTH_SEX, "UNK")),
                null,
                true,
                List.of(
                    new HumanName(
                        "official", null, Phi.of("Canaryson"), List.of(Phi.of("Averycanary")))),
                List.of(Telecom.of("phone", "mobile", Phi.of("(206) 555-0142"), false)),
                null,
                "unknown",
                Phi.of("1990-02-03"))));
  }

  private Appointment visit(
      Instant day, Identifier identifier, String type, List<Participant> participants) {
    Instant start = day.plus(Duration.ofHours(visits++));
    return new Appointment(
        "Appointment",
        null,
        null,
        List.of(identifier),
        "proposed",
        CodeableConcept.of(new Coding("http://snomed.info/sct", type, "Office Visit")),
        List.of(new CodeableConcept(null, Phi.of("canary rash on the elbow"))),
        null,
        List.of(Reference.to("Location", HARBOR)),
        start.toString(),
        start.plusSeconds(1800).toString(),
        participants);
  }

  private static Participant practitioner() {
    return Participant.accepted(Reference.to("Practitioner", INGRID));
  }

  private static String written(WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    throw new AssertionError("Canvas says " + outcome);
  }
}
