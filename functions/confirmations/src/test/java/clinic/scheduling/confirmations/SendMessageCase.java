package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.confirmations.render.ReadMail;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.PostponedMessages;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.messages.OutboxMessage;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Shared by the tests of the whole function: a patient in Canvas, a visit, a request, an outbox.
 */
@QuarkusTestResource(OutsideWorld.class)
abstract class SendMessageCase {
  static final String SYSTEM = "urn:example:external-scheduling";
  static final String EMAIL = "avery.canary@example.invalid";
  static final String PHONE = "(206) 555-0142";
  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:";
  private static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

  @Inject SendMessage function;
  @Inject Canvas canvas;
  @Inject MovableClock clock;
  @Inject MortalRows rows;
  @Inject PostponedMessages postponed;
  @Inject Practice practice;
  @Inject ObjectMapper mapper;
  Sandbox sandbox;
  final String bookingId = "bk-" + UUID.randomUUID();
  LogLines log;

  @BeforeEach
  void quiet() {
    sandbox.outbox().clear();
    sandbox.messages().faults().clear();
    sandbox.canvas().faults().clear();
    sandbox.canvas().toggles().set(Toggle.CONSENT_UNASKED, "false");
    rows.recover();
    rows.clear();
    postponed.clear();
    log = new LogLines();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  /** A visit booked through us by a patient who wants both channels. */
  String booked() {
    new Consent(true, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String appointment = appointment(newPatient());
    told(appointment, 0, Change.BOOKED);
    return appointment;
  }

  /**
   * A record that staff created. The patient has agreed to both contact points, or has refused
   * both.
   */
  String patient(boolean consentInCanvas) {
    return patient(
        null,
        List.of(
            Telecom.of("phone", "mobile", Phi.of(PHONE), consentInCanvas),
            Telecom.of("email", "home", Phi.of(EMAIL), consentInCanvas)));
  }

  /** A record that this system created. Nobody has entered in Canvas whether the patient agrees. */
  String newPatient() {
    return patient(
        List.of(Identifier.usual(SYSTEM, "patient-" + UUID.randomUUID())),
        List.of(
            Telecom.of("phone", "mobile", Phi.of(PHONE), false),
            Telecom.of("email", "home", Phi.of(EMAIL), false)));
  }

  String patient(List<Identifier> identifiers, List<Telecom> contacts) {
    return written(
        canvas.create(
            new Patient(
                "Patient",
                null,
                List.of(Extension.ofCode(BIRTH_SEX, "UNK")),
                identifiers,
                true,
                List.of(
                    new HumanName(
                        "official", null, Phi.of("Canaryson"), List.of(Phi.of("Averycanary")))),
                contacts,
                null,
                "unknown",
                Phi.of("1990-02-03"))));
  }

  /** Staff enter in Canvas whether the patient agrees from now on. */
  void mark(String patient, boolean agreed) {
    contacts(
        patient,
        Telecom.of("phone", "mobile", Phi.of(PHONE), agreed),
        Telecom.of("email", "home", Phi.of(EMAIL), agreed));
  }

  void contacts(String patient, Telecom... contacts) {
    sandbox.canvas().frontDesk().contacts(patient, mapper.valueToTree(List.of(contacts)));
  }

  String appointment(String patient) {
    return written(canvas.create(visit(null, patient, "proposed", start())));
  }

  /** A visit that was not booked through us. */
  String appointmentByStaff(String patient) {
    ObjectNode visit = mapper.valueToTree(visit(null, patient, "proposed", start()));
    return sandbox.canvas().frontDesk().book(visit.without("identifier"));
  }

  void update(String appointment, String patient, String status, Instant start) {
    written(
        canvas.update(
            appointment, visit(appointment, patient, status, start), Instant.now().plusSeconds(5)));
  }

  Instant start() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(7));
  }

  private Appointment visit(String id, String patient, String status, Instant start) {
    return new Appointment(
        "Appointment",
        id,
        null,
        List.of(Identifier.usual(SYSTEM, bookingId)),
        status,
        CodeableConcept.of(new Coding("http://snomed.info/sct", "308335008", "Office Visit")),
        List.of(new CodeableConcept(null, Phi.of("canary rash on the elbow"))),
        null,
        List.of(Reference.to("Location", HARBOR)),
        start.toString(),
        start.plusSeconds(1800).toString(),
        List.of(
            Appointment.Participant.accepted(Reference.to("Patient", patient)),
            Appointment.Participant.accepted(Reference.to("Practitioner", INGRID))));
  }

  /**
   * Records a change with the state that the visit has now, as the fan-out does before it requests
   * the message.
   */
  void told(String root, int sequence, Change change) {
    String seen =
        VisitThread.of(root, canvas)
            .flatMap(thread -> PatientFingerprint.of(thread.current()))
            .orElseThrow();
    ChangeLog changes = new ChangeLog(rows, clock);
    changes.write(
        root,
        changes.read(root),
        new ChangeLog.ChangeRecord(sequence, change, seen, true, clock.instant()));
  }

  /** Records the change and delivers the request for its message. */
  void tell(String root, int sequence, Change change) {
    told(root, sequence, change);
    deliver(root, sequence, change);
  }

  void deliver(String appointment, int sequence, Change change) {
    deliver(appointment, sequence, change, 1);
  }

  void deliver(String appointment, int sequence, Change change, int delivery) {
    PatientMessage request =
        PatientMessage.of(appointment, change, appointment + "#" + sequence, bookingId);
    try {
      deliver(mapper.writeValueAsString(request), delivery);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Delivers an event through the queue {@code message-events}. */
  void report(String event) {
    SQSEvent.SQSMessage message = message(event, 1);
    message.setEventSourceArn(QUEUE_ARN + "message-events");
    function.handle(message);
  }

  /** Delivers a request for a reminder of the visit. The visit starts at {@code start}. */
  void remind(String visit, String step, Instant start) {
    String key = visit + "#" + step + "-" + start.getEpochSecond() / 60;
    deliver(
        "{\"v\":1,\"appointment\":\"%s\",\"change\":\"reminder\",\"messageKey\":\"%s\"}"
            .formatted(visit, key),
        1);
  }

  void moveByStaff(String visit, Instant start) {
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(current(visit), start, Optional.empty(), Optional.empty());
  }

  String current(String visit) {
    return VisitThread.of(visit, canvas).orElseThrow().currentId();
  }

  static ReadMail read(OutboxMessage mail) {
    try {
      return new ReadMail(Base64.getDecoder().decode(mail.raw()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void deliver(String body, int delivery) {
    function.handle(message(body, delivery));
  }

  private static SQSEvent.SQSMessage message(String body, int delivery) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(UUID.randomUUID().toString());
    message.setEventSourceArn(QUEUE_ARN + "patient-messages");
    message.setReceiptHandle("receipt");
    message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(delivery)));
    message.setBody(body);
    return message;
  }

  /** Delivers a request that fails and has to be delivered again. */
  void deliverInVain(String appointment, int sequence, Change change) {
    assertThatThrownBy(() -> deliver(appointment, sequence, change))
        .isInstanceOf(UnavailableException.class);
  }

  List<OutboxMessage> sent(String channel) {
    return sandbox.outbox().messages().stream()
        .filter(message -> message.channel().equals(channel))
        .toList();
  }

  void fault(Fault.Kind kind, String where, int status, String code) {
    sandbox.messages().faults().add(new Fault(kind, 1, where, status, code, null, 0));
  }

  private static String written(WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    throw new AssertionError("Canvas says " + outcome);
  }
}
