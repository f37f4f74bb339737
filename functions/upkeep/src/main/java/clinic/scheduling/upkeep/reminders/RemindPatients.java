package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.SearchTooLargeException;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.remind.ReminderTime;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The task {@code reminders}: requests the messages that were deferred until now, and the reminders
 * that have fallen due since the last run (docs/decisions/0029). Canvas is asked only for
 * appointments that start at times for which a reminder may have fallen due. So the cost of a run
 * does not grow with the number of all appointments.
 *
 * <p>The reminders of a long time, for example after an outage, are processed in parts. Each part
 * is recorded after its messages are requested. So a run that fails or has no time left has made
 * progress, and the next run continues from there. A message that is requested twice is sent once,
 * because of its key. Whether a reminder still makes sense is decided when it is sent.
 */
@Singleton
class RemindPatients implements Task {
  /**
   * Longer than any quiet hours. A reminder that fell due in quiet hours may still be sent after
   * they end.
   */
  private static final Duration LONGEST_QUIET_HOURS = Duration.ofHours(14);

  /**
   * Each run looks back to this long before the watermark, because a search may show a new visit a
   * little late.
   */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  /** The length of a part. The reminders of a part are found, requested and recorded together. */
  private static final Duration PART_LENGTH = Duration.ofHours(1);

  /**
   * If a search finds too many appointments, its interval is halved, unless the interval is no
   * longer than this.
   */
  private static final Duration SHORTEST_SEARCH = Duration.ofMinutes(1);

  private static final Duration ONE_SEARCH = Duration.ofSeconds(10);
  private static final Duration ONE_MESSAGE = Duration.ofSeconds(1);

  private static final String DEFERRED = "waiting#orders";

  private static final Set<AppointmentStatus> AWAITED =
      Set.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.BOOKED);

  private final Canvas canvas;
  private final Practice practice;
  private final Queue<PatientMessage> messages;
  private final DeferredMessages deferred;
  private final ReminderWatermark watermark;
  private final Clock clock;
  private final String identifierSystem;
  private final Log log = Log.of(RemindPatients.class);

  RemindPatients(
      Canvas canvas,
      Practice practice,
      Queue<PatientMessage> messages,
      DeferredMessages deferred,
      ReminderWatermark watermark,
      Clock clock,
      IdentifierSystem identifierSystem) {
    this.canvas = canvas;
    this.practice = practice;
    this.messages = messages;
    this.deferred = deferred;
    this.watermark = watermark;
    this.clock = clock;
    this.identifierSystem = identifierSystem.uri();
  }

  @Override
  public String name() {
    return "reminders";
  }

  @Override
  public JsonNode run(TaskRequest request, Deadline deadline) {
    Instant now = clock.instant();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("until", now.toString());

    // 1. Deferred messages. They come first, because they tell of changes and need no answer from
    // Canvas.
    boolean complete = requestDeferred(now, request, deadline, answer);

    // 2. Reminders that have fallen due. If one step runs out of time, the others are still tried.
    for (ReminderStep step : practice.messages().activeReminders()) {
      complete &= remind(step, now, request, deadline, answer.putObject(step.id()));
    }

    // 3. If the run is complete, record the watermark: the time up to which everything was
    // requested.
    answer.put("whole", complete);
    if (complete && !request.dryRun()) {
      watermark.write(now);
    }
    return answer;
  }

  /**
   * Requests the deferred messages whose time has come since the watermark. If there is no
   * watermark, it requests all that are still stored and whose time has come.
   *
   * @return whether all were requested
   */
  private boolean requestDeferred(
      Instant now, TaskRequest request, Deadline deadline, ObjectNode answer) {
    AtomicInteger count = new AtomicInteger();
    boolean complete =
        deferred.handOver(
            since(DEFERRED, now, DeferredMessages.KEPT),
            now,
            page -> {
              count.addAndGet(page.size());
              return requestPage(page, request, deadline);
            });
    answer.put("rested", count.get());
    if (complete && !request.dryRun()) {
      watermark.write(DEFERRED, now);
    }
    return complete;
  }

  private boolean requestPage(
      List<DeferredMessages.DueMessage> page, TaskRequest request, Deadline deadline) {
    List<PatientMessage> due = page.stream().map(DeferredMessages.DueMessage::request).toList();
    if (!send(due, request, deadline)) {
      return false;
    }
    if (!request.dryRun()) {
      deferred.remove(page);
    }
    return true;
  }

  /** Requests the reminders of one step, part by part. Returns whether all parts are done. */
  private boolean remind(
      ReminderStep step, Instant now, TaskRequest request, Deadline deadline, ObjectNode answer) {
    answer.put("read", 0).put("due", 0);
    Instant from = since(step.id(), now, ReminderTime.grace(step).plus(LONGEST_QUIET_HOURS));
    while (from.isBefore(now)) {
      Instant to = now.isBefore(from.plus(PART_LENGTH)) ? now : from.plus(PART_LENGTH);
      if (!remindPart(step, new Interval(from, to), request, deadline, answer)) {
        return false;
      }
      if (!request.dryRun()) {
        watermark.write(step.id(), to);
      }
      from = to;
    }
    return true;
  }

  private boolean remindPart(
      ReminderStep step, Interval due, TaskRequest request, Deadline deadline, ObjectNode answer) {
    if (!deadline.leaves(ONE_SEARCH)) {
      return false;
    }
    Interval starts = ReminderTime.starts(step, due, zones());
    List<Appointment> visits = dueVisits(step, due, starts, deadline, answer);
    increment(visits.size(), "due", answer);
    List<PatientMessage> reminders =
        visits.stream()
            .takeWhile(visit -> deadline.leaves(ONE_MESSAGE))
            .map(visit -> reminder(step, visit))
            .toList();
    return send(reminders, request, deadline) && reminders.size() == visits.size();
  }

  /**
   * Reads all appointments that start in an interval, and returns those whose reminder is due. If
   * one search finds too many, each half of the interval is searched separately.
   */
  private List<Appointment> dueVisits(
      ReminderStep step, Interval due, Interval starts, Deadline deadline, ObjectNode answer) {
    try {
      List<Appointment> found = canvas.appointmentsStarting(starts, deadline);
      increment(found.size(), "read", answer);
      return found.stream().filter(visit -> isDue(step, visit, due)).toList();
    } catch (SearchTooLargeException e) {
      if (starts.length().compareTo(SHORTEST_SEARCH) <= 0) {
        // The next run could not read this interval either. If we stopped here, no run would ever
        // get past the interval.
        log.error("reminders-too-many", "step", step.id(), "from", starts.start());
        increment(1, "unread", answer);
        return List.of();
      }
      // The search cuts times to whole seconds. The middle is a whole second, so no appointment
      // is found in both halves.
      Instant middle =
          starts.start().plus(starts.length().dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
      Interval first = new Interval(starts.start(), middle);
      Interval second = new Interval(middle, starts.end());
      return Stream.concat(
              dueVisits(step, due, first, deadline, answer).stream(),
              dueVisits(step, due, second, deadline, answer).stream())
          .toList();
    }
  }

  /** Whether the reminder of a visit is due after the start of the interval, and up to its end. */
  private boolean isDue(ReminderStep step, Appointment visit, Interval due) {
    return visit.patient().isPresent()
        && visit.replacedBy().isEmpty()
        && visit.knownStatus().filter(AWAITED::contains).isPresent()
        && visit
            .time()
            .map(time -> ReminderTime.due(step, time.start(), zone(visit)))
            .filter(at -> at.isAfter(due.start()) && !at.isAfter(due.end()))
            .isPresent();
  }

  private PatientMessage reminder(ReminderStep step, Appointment visit) {
    String root = root(visit);
    Instant start = visit.time().map(Interval::start).orElseThrow();
    String key = root + "#" + step.id() + "-" + start.getEpochSecond() / 60;
    return PatientMessage.of(
        root, Change.REMINDER, key, visit.identifierOf(identifierSystem).orElse(root));
  }

  /**
   * The id of the visit's first appointment. Another read is needed only if the given appointment
   * has replaced an earlier one.
   */
  private String root(Appointment visit) {
    String id = visit.id() == null ? "" : visit.id();
    return visit.replaces().isEmpty()
        ? id
        : VisitThread.of(id, canvas).map(VisitThread::rootId).orElse(id);
  }

  /** Sends requests while there is time. Returns whether all were sent. */
  private boolean send(List<PatientMessage> requests, TaskRequest request, Deadline deadline) {
    for (PatientMessage one : requests) {
      if (!deadline.leaves(ONE_MESSAGE)) {
        return false;
      }
      if (!request.dryRun()) {
        messages.send(one);
      }
    }
    return true;
  }

  /**
   * The time from which to look: shortly before the watermark, but not longer ago than {@code
   * longest}.
   *
   * @param name a reminder step, or {@link #DEFERRED}
   */
  private Instant since(String name, Instant now, Duration longest) {
    Instant earliest = now.minus(longest);
    return watermark
        .read(name)
        .map(until -> until.minus(OVERLAP))
        .filter(earliest::isBefore)
        .orElse(earliest);
  }

  private ZoneId zone(Appointment visit) {
    return visit
        .location()
        .flatMap(practice::locationByCanvasId)
        .orElse(practice.locations().get(0))
        .zone();
  }

  private Set<ZoneId> zones() {
    return practice.locations().stream().map(Location::zone).collect(Collectors.toSet());
  }

  private static void increment(int count, String field, ObjectNode answer) {
    answer.put(field, answer.path(field).asInt() + count);
  }
}
