package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.WaitingMessages;
import clinic.scheduling.core.remind.ReminderTime;
import clinic.scheduling.upkeep.Errand;
import clinic.scheduling.upkeep.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Orders the reminders that have fallen due since the last run, and the messages that have waited
 * for the morning. Canvas is asked for the visits of just those minutes, so that a run costs what
 * is due and not what exists. A run that fails is repeated whole: an order that comes twice is one
 * message, by its name.
 */
@Singleton
class RemindPatients implements Task {
  /** Longer than any quiet hours, after which a reminder that was due at night may still go out. */
  private static final Duration NIGHT = Duration.ofHours(14);

  /** A search may show a new visit a little late. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final Duration ONE_ORDER = Duration.ofSeconds(1);

  private final Canvas canvas;
  private final Practice practice;
  private final Queue<PatientMessage> messages;
  private final WaitingMessages waiting;
  private final ScanMark mark;
  private final Clock clock;
  private final String identifierSystem;

  /**
   * @param identifierSystem {@code CANVAS_IDENTIFIER_SYSTEM}, of our own Appointment identifiers
   */
  RemindPatients(
      Canvas canvas,
      Practice practice,
      Queue<PatientMessage> messages,
      WaitingMessages waiting,
      ScanMark mark,
      Clock clock,
      @ConfigProperty(name = "CANVAS_IDENTIFIER_SYSTEM") String identifierSystem) {
    this.canvas = canvas;
    this.practice = practice;
    this.messages = messages;
    this.waiting = waiting;
    this.mark = mark;
    this.clock = clock;
    this.identifierSystem = identifierSystem;
  }

  @Override
  public String name() {
    return "reminders";
  }

  @Override
  public JsonNode run(Errand errand, Deadline deadline) {
    Instant now = clock.instant();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("until", now.toString());
    boolean whole = true;
    for (ReminderStep step : practice.messages().activeReminders()) {
      whole &= remind(step, now, errand, deadline, answer.putObject(step.id()));
    }
    List<PatientMessage> rested = waiting.between(since(now, NIGHT), now);
    whole &= order(rested, errand, deadline);
    answer.put("rested", rested.size()).put("whole", whole);
    if (whole && !errand.dryRun()) {
      mark.write(now);
    }
    return answer;
  }

  private boolean remind(
      ReminderStep step, Instant now, Errand errand, Deadline deadline, ObjectNode answer) {
    Interval due = new Interval(since(now, ReminderTime.grace(step).plus(NIGHT)), now);
    List<Appointment> starting =
        canvas.appointmentsStarting(ReminderTime.starts(step, due, zones()), deadline);
    List<Appointment> visits = DueReminders.of(step, starting, practice, due);
    answer.put("read", starting.size()).put("due", visits.size());
    List<PatientMessage> orders =
        visits.stream()
            .takeWhile(visit -> deadline.leaves(ONE_ORDER))
            .map(visit -> order(step, visit))
            .toList();
    return order(orders, errand, deadline) && orders.size() == visits.size();
  }

  /** Since the last run, but no longer ago than that. */
  private Instant since(Instant now, Duration longest) {
    Instant earliest = now.minus(longest);
    return mark.read()
        .map(until -> until.minus(OVERLAP))
        .filter(earliest::isBefore)
        .orElse(earliest);
  }

  private boolean order(List<PatientMessage> orders, Errand errand, Deadline deadline) {
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
