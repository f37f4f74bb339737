package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.EntryName;
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
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.upkeep.LongLife;
import clinic.scheduling.upkeep.RunUpkeep;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Shared by the tests of reconciliation: visits in Canvas, calendars, staff, and the run. */
@QuarkusTestResource(OutsideWorld.class)
@QuarkusTestResource(LongLife.class)
abstract class ReconcileCase {
  static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  static final String INGRIDS = "ingrid.testwell@example.invalid";
  static final String OMARS = "omar.samplesson@example.invalid";
  static final List<String> CANARIES =
      List.of("Canaryson", "Averycanary", "canary rash", "555-0142", "5550142", "1990-02-03");
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

  @Inject RunUpkeep function;
  @Inject FanOut fanOut;
  @Inject Calendars calendars;
  @Inject Canvas canvas;
  @Inject Practice practice;
  @Inject MovableClock clock;
  @Inject MortalRows rows;
  @Inject MemoryQueue<ChangeNotice> changes;
  @Inject ObjectMapper mapper;
  Sandbox sandbox;
  Sandboxes hands;
  LogLines log;
  private int visits;

  @BeforeEach
  void quiet() {
    clock.set(Instant.now());
    sandbox.graph().reset();
    sandbox.google().reset();
    sandbox.canvas().faults().clear();
    canvasForgets();
    rows.recover();
    rows.clear();
    changes.clear();
    fanOut.heard.clear();
    hands = new Sandboxes(sandbox);
    log = new LogLines();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  /** Canvas loses everything, as after the restore of an empty backup. */
  void canvasForgets() {
    sandbox.canvas().become(World.local());
  }

  /** Graph answers the next calls for Ingrid's mailbox with a status. */
  void graphAnswers(int status, int times, String retryAfter) {
    sandbox
        .graph()
        .faults()
        .add(new Fault(Fault.Kind.STATUS, times, INGRIDS, status, "", retryAfter, 0));
  }

  /** Until the next test, Graph creates a mailbox on the first call for it. */
  void graphKnowsEveryMailbox() {
    HttpRequest settings =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/graph-control/settings"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"unknownMailboxes\":\"create\"}"))
            .build();
    try {
      HttpClient.newHttpClient().send(settings, HttpResponse.BodyHandlers.discarding());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  FrontDesk staff() {
    return sandbox.canvas().frontDesk();
  }

  /** Creates a visit in Canvas. No notice of it arrives. */
  String visit(String practitioner) {
    return visitAt(practitioner, start().plus(Duration.ofHours(visits++)));
  }

  String visitAt(String practitioner, Instant start) {
    return written(canvas.create(appointment(practitioner, patient(), start)));
  }

  /** Creates a visit with its entries in the calendars. */
  String mirrored(String practitioner) {
    String visit = visit(practitioner);
    fanOut.notice(visit);
    return visit;
  }

  /** Creates an entry of ours for a visit that nobody knows. */
  String orphan(Provider provider, String mailbox) {
    String root = UUID.randomUUID().toString();
    calendars
        .of(provider)
        .create(mailbox, new EntryName(root, binding(provider, mailbox).key(), 0), entry());
    return root;
  }

  CalendarEntry entry() {
    return new CalendarEntry(
        Phi.of("Averycanary Canaryson · Office visit"),
        Phi.of("Reason: canary rash"),
        Phi.of(""),
        CalendarEntry.NO_ADDRESS,
        Interval.of(start().plus(Duration.ofHours(visits++)), Duration.ofMinutes(30)),
        ZoneOffset.UTC,
        true);
  }

  CalendarBinding binding(Provider provider, String mailbox) {
    return practice.practitioners().stream()
        .flatMap(who -> who.calendars().stream())
        .filter(one -> one.provider() == provider && one.address().equals(mailbox))
        .findFirst()
        .orElseThrow();
  }

  JsonNode reconcile() {
    return run("{\"task\":\"reconcile\"}");
  }

  JsonNode run(String input) {
    try {
      return function.runUpkeep(mapper.readTree(input));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A clock that starts at the epoch and moves on by a second each time it is read. */
  static Clock ticking() {
    AtomicLong seconds = new AtomicLong();
    InstantSource source = () -> Instant.EPOCH.plusSeconds(seconds.getAndIncrement());
    return source.withZone(ZoneOffset.UTC);
  }

  /** The certificate of a clinician. */
  static JsonNode of(JsonNode answer, String practitioner) {
    return answer
        .path("certificates")
        .valueStream()
        .filter(one -> one.path("practitioner").asText().equals(practitioner))
        .findFirst()
        .orElseThrow();
  }

  static JsonNode ingrid(JsonNode answer) {
    return of(answer, "ingrid-testwell");
  }

  static JsonNode omar(JsonNode answer) {
    return of(answer, "omar-samplesson");
  }

  static String outcome(JsonNode certificate) {
    return certificate.path("outcome").asText();
  }

  static String id(JsonNode event) {
    return event.path("id").asText();
  }

  Instant start() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(7));
  }

  Appointment appointment(String practitioner, String patient, Instant start) {
    return new Appointment(
        "Appointment",
        null,
        null,
        List.of(Identifier.usual(OutsideWorld.SYSTEM, "bk-" + UUID.randomUUID())),
        "proposed",
        CodeableConcept.of(new Coding("http://snomed.info/sct", "308335008", "Office Visit")),
        List.of(new CodeableConcept(null, Phi.of("canary rash on the elbow"))),
        null,
        List.of(Reference.to("Location", HARBOR)),
        start.toString(),
        start.plusSeconds(1800).toString(),
        List.of(
            Participant.accepted(Reference.to("Patient", patient)),
            Participant.accepted(Reference.to("Practitioner", practitioner))));
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
                Phi.of("1990-02-03"),
                null)));
  }

  static String written(WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    throw new AssertionError("Canvas says " + outcome);
  }
}
