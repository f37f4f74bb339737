package clinic.scheduling.mirror;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.setup.NotSetUpException;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.SetUp;
import clinic.scheduling.core.wiring.Settings;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.mirror.ReadCalendarChange.BadChangeException;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes the meetings in Outlook and Google block time in Canvas. A message only says which calendar
 * to read. So repeated, late and reordered messages lead to the same blocks; what a lost one has
 * announced is found by the next poll of the calendar. What a person has made in a calendar is
 * never written to.
 */
@Singleton
public final class MirrorMeetings implements LambdaFunction {
  private static final Log LOG = Log.of(MirrorMeetings.class);

  private final ReadCalendarChange reader;
  private final MirrorClinician clinicians;
  private final PrintPlan plans;
  private final MirroredCalendars mirrored;
  private final Practice practice;
  private final Queue<CalendarChange> changes;
  private final Redelivery redelivery;
  private final Clock clock;
  private final Duration timeout;

  MirrorMeetings(
      ReadCalendarChange reader,
      MirrorClinician clinicians,
      PrintPlan plans,
      MirroredCalendars mirrored,
      Practice practice,
      Queue<CalendarChange> changes,
      SqsClient sqs,
      Settings.CalendarChanges queue,
      Clock clock,
      Settings.Timeout timeout) {
    this.reader = reader;
    this.clinicians = clinicians;
    this.plans = plans;
    this.mirrored = mirrored;
    this.practice = practice;
    this.changes = changes;
    this.redelivery = new Redelivery(sqs, queue.url(), clock);
    this.clock = clock;
    this.timeout = timeout.length();
    if (this.timeout.compareTo(MirrorClinician.SHORTEST_INVOCATION) < 0) {
      throw new IllegalStateException(
          "TIMEOUT_SECONDS is less than "
              + MirrorClinician.SHORTEST_INVOCATION.toSeconds()
              + ", so there would be no time to read a calendar");
    }
  }

  /**
   * @param message one message of the queue {@code calendar-changes}. Because of this parameter
   *     type, the runtime calls the method once for each message of a batch, and reports only the
   *     messages that failed
   */
  public void mirrorMeetings(SQSEvent.SQSMessage message) {
    Deadline deadline = Deadline.in(timeout, clock);
    LOG.begin("message", message.getMessageId());
    try {
      CalendarChange change = reader.parse(message.getBody());
      LOG.put("binding", change.binding());
      mirrorAll(change, message, deadline);
    } catch (UnavailableException e) {
      LOG.warn("later", "system", e.system(), "delay", e.retryAfter());
      redelivery.postpone(message, e.retryAfter());
      throw e;
    } catch (BadChangeException e) {
      LOG.failure("bad-change", e);
      redelivery.retrySoon(message);
      throw e;
    } catch (RuntimeException e) {
      LOG.failure("mirror-failed", e);
      redelivery.postpone(message, Duration.ZERO);
      throw e;
    } finally {
      LOG.end();
    }
  }

  /**
   * The trouble of one clinician does not hold up the others who have the same calendar. If there
   * is no time for all of them, one message goes on with the rest. A message that fails again and
   * again sends it only once, since that one may fail in the same way.
   */
  private void mirrorAll(CalendarChange change, SQSEvent.SQSMessage message, Deadline deadline) {
    List<RuntimeException> failures = new ArrayList<>();
    Iterator<String> clinicians = clinicians(change).iterator();
    for (boolean hasTime = true; hasTime && clinicians.hasNext(); ) {
      try {
        mirror(clinicians.next(), change, message.getMessageId(), deadline);
      } catch (RuntimeException e) {
        failures.add(e);
      }
      hasTime = deadline.leaves(ReadRound.LONGEST);
    }
    if (clinicians.hasNext() && (failures.isEmpty() || Redelivery.isFirst(message))) {
      changes.send(change.from(clinicians.next()));
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.remove(0);
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private void mirror(
      String practitioner, CalendarChange change, String messageId, Deadline deadline) {
    if (Boolean.TRUE.equals(change.dryRun())) {
      plans.print(practitioner, change.binding());
      return;
    }
    MirrorRequest request =
        Boolean.TRUE.equals(change.force())
            ? MirrorRequest.forced(change.binding(), messageId)
            : MirrorRequest.of(change.binding());
    clinicians.mirror(practitioner, request, messageId, deadline);
  }

  /**
   * The clinicians who have the calendar by the practice document, and those of whom the table has
   * meetings from it, in the order of their keys.
   */
  private Set<String> clinicians(CalendarChange change) {
    TreeSet<String> all = new TreeSet<>();
    practice.practitioners().stream()
        .filter(who -> who.calendars().stream().anyMatch(it -> it.key().equals(change.binding())))
        .map(Practitioner::canvasId)
        .forEach(all::add);
    mirrored.find(change.binding()).ifPresent(it -> all.addAll(it.practitioners()));
    return change.from() == null ? all : all.tailSet(change.from());
  }

  /** What Lambda calls. Before the system is set up, every message goes back into its queue. */
  @Singleton
  public static final class Handler {
    private final SetUp setUp;
    private final Provider<MirrorMeetings> function;
    private final Redelivery redelivery;

    @Inject
    Handler(
        SetUp setUp,
        Provider<MirrorMeetings> function,
        SqsClient sqs,
        Settings.CalendarChanges queue,
        Clock clock) {
      this.setUp = setUp;
      this.function = function;
      this.redelivery = new Redelivery(sqs, queue.url(), clock);
    }

    @Funq
    public void mirrorMeetings(SQSEvent.SQSMessage message) {
      if (!setUp.isDone()) {
        redelivery.putBack(message);
        throw new NotSetUpException();
      }
      function.get().mirrorMeetings(message);
    }
  }
}
