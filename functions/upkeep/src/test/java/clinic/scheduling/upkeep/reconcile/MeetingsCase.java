package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.effect.EntryLists;
import clinic.scheduling.calendars.effect.MeetingRounds;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PostponedMessages;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.compare.ShownBlock;
import clinic.scheduling.mirror.MirrorMeetings;
import clinic.scheduling.mirror.SimulatedMirror;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;

/**
 * Shared by the tests of the other direction: meetings in both stand-ins, blocks in Canvas, the
 * real MirrorMeetings, and a practice whose calendars block time.
 */
abstract class MeetingsCase extends ReconcileCase {
  static final TaskRequest ALL = request(Optional.empty(), false, false, false);

  /** Canvas shows a write for certain after this time. */
  static final Duration A_WHILE = Duration.ofMinutes(2);

  @Inject MeetingRounds rounds;
  @Inject SignedTokens tokens;
  @Inject EffectRunner effects;
  @Inject EntryLists lists;
  @Inject UntrackedEntries untracked;
  @Inject DuplicateBooking duplicateBooking;
  final MemoryQueue<CalendarChange> calendarChanges = new MemoryQueue<>();
  final List<String> metrics = new ArrayList<>();
  Practice now;

  /** When the test began, for times that stay the same while its clock moves on. */
  private Instant begun = Instant.EPOCH;

  @BeforeEach
  void everyCalendarBlocksTime() {
    begun = clock.instant();
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, true);
    calendarChanges.clear();
    metrics.clear();
    now = practice(document -> direction(document, "both"));
  }

  /** The example's practice document with meetings, changed. */
  Practice practice(Consumer<JsonNode> change) {
    try {
      JsonNode document = mapper.readTree(Path.of("../../infra/practice.example.json").toFile());
      ObjectNode meetings = ((ObjectNode) document).putObject("meetings");
      meetings
          .putObject("eventType")
          .put("system", "http://snomed.info/sct")
          .put("code", "272379006")
          .put("display", "Generic event");
      change.accept(document);
      return PracticeReader.read(document.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void direction(JsonNode document, String direction) {
    document
        .path("practitioners")
        .forEach(
            who ->
                who.path("calendars")
                    .forEach(calendar -> ((ObjectNode) calendar).put("direction", direction)));
  }

  static void ingridHasLeft(JsonNode document) {
    direction(document, "both");
    ((ArrayNode) document.path("practitioners")).remove(0);
  }

  static TaskRequest request(
      Optional<String> practitioner, boolean dryRun, boolean force, boolean forceMeetings) {
    return new TaskRequest(
        "reconcile",
        practitioner,
        Optional.empty(),
        Optional.empty(),
        dryRun,
        force,
        forceMeetings,
        Optional.empty());
  }

  JsonNode found() {
    return ingrid(run(ALL));
  }

  JsonNode forced() {
    return ingrid(run(request(Optional.of("ingrid-testwell"), false, false, true)));
  }

  JsonNode run(TaskRequest request) {
    return run(request, Deadline.in(Duration.ofMinutes(5), clock));
  }

  JsonNode run(TaskRequest request, Deadline deadline) {
    return task(rounds).run(request, deadline);
  }

  Task task(MeetingRounds reader) {
    return new SimulatedReconcile(rows, changes, calendars, tokens, now, clock, pause -> {})
        .on(
            canvas,
            duplicateBooking,
            SimulatedReader.on(canvas, now, clock, OutsideWorld.SYSTEM),
            effects,
            lists,
            untracked,
            new SimulatedReconcile.Meetings(reader, calendarChanges, () -> OutsideWorld.SYSTEM),
            new PublishCertificate(clock, () -> "RunUpkeep") {
              @Override
              void writeLine(String line) {
                metrics.add(line);
              }
            });
  }

  /** The repairs of a run are carried out, and the next run finds nothing. */
  void mended() {
    mirror();
    clock.move(A_WHILE);
  }

  /** MirrorMeetings handles everything that is queued, and what it queues itself. */
  void mirror() {
    for (int n = 0; n < 20 && !calendarChanges.sent().isEmpty(); n++) {
      List<CalendarChange> waiting = calendarChanges.sent();
      calendarChanges.clear();
      waiting.forEach(change -> mirrorMeetings().mirrorMeetings(message(change)));
    }
  }

  /** A notice of each calendar of Ingrid's arrives. */
  void mirrorAll() {
    for (Provider provider : Provider.values()) {
      calendarChanges.send(
          CalendarChange.of(
              provider == Provider.OUTLOOK ? "outlook" : "google", key(provider), clock.instant()));
    }
    mirror();
    clock.move(A_WHILE);
  }

  String key(Provider provider) {
    return binding(provider, INGRIDS).key();
  }

  private MirrorMeetings mirrorMeetings() {
    return new SimulatedMirror(
            rows,
            calendarChanges,
            new PostponedMessages(),
            "http://127.0.0.1/changes",
            now,
            () -> OutsideWorld.SYSTEM,
            tokens,
            mapper,
            clock,
            300,
            330)
        .on(canvas, rounds);
  }

  private SQSEvent.SQSMessage message(CalendarChange change) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(UUID.randomUUID().toString());
    message.setReceiptHandle("receipt");
    message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
    try {
      message.setBody(mapper.writeValueAsString(change));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return message;
  }

  /** An hour, some days after the test began. */
  Interval hour(int days) {
    Instant day = begun.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(days));
    return Interval.of(day, Duration.ofHours(1));
  }

  /** Somebody makes a meeting in this calendar of Ingrid's. Returns its id. */
  String meeting(Provider provider, Interval time) {
    return provider == Provider.OUTLOOK
        ? hands.makeInOutlook(
            INGRIDS, "{\"subject\":\"Canaryson\",\"showAs\":\"busy\"," + outlook(time))
        : hands.makeInGoogle(INGRIDS, "{\"summary\":\"Canaryson\"," + google(time));
  }

  /** Somebody makes a meeting with this UID, as a copy in another calendar has it. */
  void copy(Provider provider, String uid, Interval time) {
    if (provider == Provider.OUTLOOK) {
      hands.makeInOutlook(
          INGRIDS, "{\"iCalUId\":\"%s\",\"showAs\":\"busy\",".formatted(uid) + outlook(time));
    } else {
      hands.makeInGoogle(INGRIDS, "{\"iCalUID\":\"%s\",".formatted(uid) + google(time));
    }
  }

  void move(Provider provider, String id, Interval to) {
    if (provider == Provider.OUTLOOK) {
      hands.changeInOutlook(INGRIDS, id, "{" + outlook(to));
    } else {
      hands.changeInGoogle(INGRIDS, id, "{" + google(to));
    }
  }

  void delete(Provider provider, String id) {
    if (provider == Provider.OUTLOOK) {
      hands.deleteInOutlook(INGRIDS, id);
    } else {
      hands.deleteInGoogle(INGRIDS, id);
    }
  }

  private static String outlook(Interval time) {
    String form = "{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"}";
    return "\"start\":%s,\"end\":%s}"
        .formatted(form.formatted(local(time.start())), form.formatted(local(time.end())));
  }

  private static String google(Interval time) {
    return "\"start\":{\"dateTime\":\"%s\"},\"end\":{\"dateTime\":\"%s\"}}"
        .formatted(time.start(), time.end());
  }

  private static String local(Instant instant) {
    return instant.toString().replace("Z", "");
  }

  /** Ingrid's appointments in Canvas that take time. */
  List<Appointment> standing() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return canvas.appointmentsOf(INGRID, today.minusDays(2), today.plusDays(120)).stream()
        .filter(one -> !"cancelled".equals(one.status()))
        .toList();
  }

  List<ShownBlock> blocks() {
    return ShownBlock.among(standing(), OutsideWorld.SYSTEM);
  }

  List<Interval> times() {
    return blocks().stream().map(ShownBlock::time).toList();
  }

  static JsonNode meetings(JsonNode certificate) {
    return certificate.path("meetings");
  }

  static int count(JsonNode certificate, String kind) {
    return meetings(certificate).path(kind).asInt(-1);
  }
}
