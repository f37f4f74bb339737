package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Orders the messages that have waited for the morning and the reminders that have fallen due since
 * the last run. Canvas is asked for the visits of just those minutes, so that a run costs what is
 * due and not what exists. After an outage they are taken piece by piece, each noted when it is
 * ordered: a run that fails or has no time left has got somewhere, and the next one goes on there.
 * An order that comes twice is one message, by its name.
 */
@Singleton
class RemindPatients implements Task {
  /** Longer than any quiet hours, after which a reminder that was due at night may still go out. */
  private static final Duration NIGHT = Duration.ofHours(14);

  /** A search may show a new visit a little late. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  /** So much of what is due is read, ordered and noted at once. */
  private static final Duration PIECE = Duration.ofHours(1);

  private static final Duration ONE_SEARCH = Duration.ofSeconds(10);
  private static final Duration ONE_ORDER = Duration.ofSeconds(1);

  private static final String WAITING = "waiting#orders";

  private final FindStarting starting;
  private final Canvas canvas;
  private final Practice practice;
  private final Queue<PatientMessage> messages;
  private final DeferredMessages waiting;
  private final ReminderWatermark mark;
  private final Clock clock;
  private final String identifierSystem;
  private final Log log = Log.of(RemindPatients.class);

  RemindPatients(
      Canvas canvas,
      Practice practice,
      Queue<PatientMessage> messages,
      DeferredMessages waiting,
      ReminderWatermark mark,
      Clock clock,
      IdentifierSystem identifierSystem) {
    this.starting = new FindStarting(canvas);
    this.canvas = canvas;
    this.practice = practice;
    this.messages = messages;
    this.waiting = waiting;
    this.mark = mark;
    this.clock = clock;
    this.identifierSystem = identifierSystem.uri();
  }

  @Override
  public String name() {
    return "reminders";
  }

  @Override
  public JsonNode run(TaskRequest errand, Deadline deadline) {
    Instant now = clock.instant();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("until", now.toString());
    boolean whole = orderRested(now, errand, deadline, answer);
    for (ReminderStep step : practice.messages().activeReminders()) {
      whole &= remind(step, now, errand, deadline, answer.putObject(step.id()));
    }
    answer.put("whole", whole);
    if (whole && !errand.dryRun()) {
      mark.write(now);
    }
    return answer;
  }

  /**
   * First, for they are changes that nobody has heard of yet, and need no Canvas. Without a mark,
   * or after an outage, all that are kept: whether one still makes sense is asked when it is sent.
   */
  private boolean orderRested(
      Instant now, TaskRequest errand, Deadline deadline, ObjectNode answer) {
    AtomicInteger count = new AtomicInteger();
    boolean whole =
        waiting.handOver(
            since(WAITING, now, DeferredMessages.KEPT),
            now,
            page -> {
              count.addAndGet(page.size());
              return orderAndTakeOff(page, errand, deadline);
            });
    answer.put("rested", count.get());
    return noted(whole, WAITING, now, errand);
  }

  private boolean orderAndTakeOff(
      List<DeferredMessages.Rested> page, TaskRequest errand, Deadline deadline) {
    if (!order(page.stream().map(DeferredMessages.Rested::order).toList(), errand, deadline)) {
      return false;
    }
    if (!errand.dryRun()) {
      waiting.takeOff(page);
    }
    return true;
  }

  private boolean remind(
      ReminderStep step, Instant now, TaskRequest errand, Deadline deadline, ObjectNode answer) {
    answer.put("read", 0).put("due", 0);
    Instant from = since(step.id(), now, ReminderTime.grace(step).plus(NIGHT));
    while (from.isBefore(now)) {
      Instant to = now.isBefore(from.plus(PIECE)) ? now : from.plus(PIECE);
      if (!remind(step, new Interval(from, to), errand, deadline, answer)
          || !noted(true, step.id(), to, errand)) {
        return false;
      }
      from = to;
    }
    return true;
  }

  /** One piece; whether all of it was ordered. */
  private boolean remind(
      ReminderStep step, Interval due, TaskRequest errand, Deadline deadline, ObjectNode answer) {
    if (!deadline.leaves(ONE_SEARCH)) {
      return false;
    }
    AtomicInteger read = new AtomicInteger();
    List<Appointment> visits = new ArrayList<>();
    starting.each(
        ReminderTime.starts(step, due, zones()),
        deadline,
        visit -> {
          read.incrementAndGet();
          visits.addAll(DueReminders.of(step, List.of(visit), practice, due));
        },
        minute -> passOver(minute, step, answer));
    answer.put("read", answer.path("read").asInt() + read.get());
    answer.put("due", answer.path("due").asInt() + visits.size());
    List<PatientMessage> orders =
        visits.stream()
            .takeWhile(visit -> deadline.leaves(ONE_ORDER))
            .map(visit -> order(step, visit))
            .toList();
    return order(orders, errand, deadline) && orders.size() == visits.size();
  }

  /** Another run could not read it either, and would get to nothing behind it. */
  private void passOver(Interval minute, ReminderStep step, ObjectNode answer) {
    log.error("reminders-too-many", "step", step.id(), "from", minute.start());
    answer.put("unread", answer.path("unread").asInt() + 1);
  }

  private boolean noted(boolean whole, String step, Instant until, TaskRequest errand) {
    if (whole && !errand.dryRun()) {
      mark.write(step, until);
    }
    return whole;
  }

  /** Since this was last done, but no longer ago than that. */
  private Instant since(String step, Instant now, Duration longest) {
    Instant earliest = now.minus(longest);
    return mark.read(step)
        .map(until -> until.minus(OVERLAP))
        .filter(earliest::isBefore)
        .orElse(earliest);
  }

  private boolean order(List<PatientMessage> orders, TaskRequest errand, Deadline deadline) {
    for (PatientMessage one : orders) {
      if (!deadline.leaves(ONE_ORDER)) {
        return false;
      }
      if (!errand.dryRun()) {
        messages.send(one);
      }
    }
    return true;
  }

  private PatientMessage order(ReminderStep step, Appointment visit) {
    String root = root(visit);
    Instant start = visit.time().map(Interval::start).orElseThrow();
    return PatientMessage.of(
        root,
        Change.REMINDER,
        DueReminders.key(root, step, start),
        visit.identifierOf(identifierSystem).orElse(root));
  }

  /** Only a visit that staff have moved costs more than its place in the search. */
  private String root(Appointment visit) {
    String id = visit.id() == null ? "" : visit.id();
    return visit.replaces().isEmpty()
        ? id
        : VisitThread.of(id, canvas).map(VisitThread::rootId).orElse(id);
  }

  private Set<ZoneId> zones() {
    return practice.locations().stream().map(Location::zone).collect(Collectors.toSet());
  }
}
