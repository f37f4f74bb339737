package clinic.scheduling.fanout;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MessageBatch;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.setup.NotSetUpException;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.SetUp;
import clinic.scheduling.core.wiring.Settings;
import clinic.scheduling.fanout.ReadChangeNotice.BadNoticeException;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Brings Outlook, Google and the messages to the patient in line with Canvas. A notice only says
 * which visit to read. So repeated, late and reordered notices lead to the same entries. What a
 * lost notice has announced is found by the next notice about the visit, or by reconciliation.
 * Every failure is thrown, so that the message is delivered again. A message that fails every time
 * becomes a dead letter.
 */
@Singleton
public final class SyncCalendars implements LambdaFunction {
  private static final Log LOG = Log.of(SyncCalendars.class);

  private final ReadChangeNotice notices;
  private final SyncVisit visits;
  private final Queue<ChangeNotice> changes;
  private final Redelivery redelivery;
  private final Clock clock;
  private final Duration timeout;
  private final Duration recheckDelay;

  SyncCalendars(
      ReadChangeNotice notices,
      SyncVisit visits,
      Queue<ChangeNotice> changes,
      SqsClient sqs,
      Settings.AppointmentChanges queue,
      Clock clock,
      Settings.Timeout timeout,
      FanoutSettings settings) {
    this.notices = notices;
    this.visits = visits;
    this.changes = changes;
    this.redelivery = new Redelivery(sqs, queue.url(), clock);
    this.clock = clock;
    this.timeout = timeout.length();
    this.recheckDelay = settings.recheckDelay();
  }

  /**
   * @param message one message of the queue {@code appointment-changes}. Because of this parameter
   *     type, the runtime calls the method once for each message of a batch, and reports only the
   *     messages that failed
   */
  public void handle(SQSEvent.SQSMessage message) {
    Deadline deadline = Deadline.in(timeout, clock);
    LOG.begin("message", message.getMessageId());
    try {
      ChangeNotice notice = notices.parse(message.getBody());
      Instant begun = clock.instant();
      List<ChangeNotice> byAppointment = notices.splitByAppointment(notice);
      if (byAppointment.size() == 1) {
        visits.sync(byAppointment.get(0), message.getMessageId(), deadline);
      } else {
        queueEach(byAppointment);
      }
      if (needsRecheck(notice, begun)) {
        changes.send(notice.withHint(ReadChangeNotice.RECHECK), untilVisible(notice));
      }
    } catch (UnavailableException e) {
      LOG.warn("later", "system", e.system(), "delay", e.retryAfter());
      redelivery.postpone(message, e.retryAfter());
      throw e;
    } catch (BadNoticeException e) {
      LOG.failure("bad-notice", e);
      redelivery.retrySoon(message);
      throw e;
    } catch (RuntimeException e) {
      LOG.failure("sync-failed", e);
      redelivery.postpone(message, Duration.ZERO);
      throw e;
    } finally {
      LOG.end();
    }
  }

  /** Queues one message for each notice, because one invocation has time for one visit only. */
  private void queueEach(List<ChangeNotice> byAppointment) {
    byAppointment.forEach(changes::send);
    LOG.info("spread", "messages", byAppointment.size());
  }

  /**
   * Whether to read the visit once more later. Canvas may announce a change before a read shows it,
   * and does not announce it again ({@code docs/facts/canvas.md} 5.2). So a visit that was read
   * right after its notice gets a delayed recheck. A recheck is not rechecked. A notice of
   * reconciliation is not rechecked either: it follows from a comparison of Canvas, the ledger and
   * the calendars, and not from an announcement of Canvas. What is still wrong later is found by a
   * later run of reconciliation.
   */
  private boolean needsRecheck(ChangeNotice notice, Instant begun) {
    return !ReadChangeNotice.RECHECK.equals(notice.hint())
        && !notice.comesFromReconciliation()
        && begun.isBefore(visibleAt(notice));
  }

  private Instant visibleAt(ChangeNotice notice) {
    return notice.receivedTime().plus(recheckDelay);
  }

  /**
   * How long to wait until Canvas shows the change. The clock of the function that received the
   * notice may differ from ours, so the delay is at least zero and at most {@code recheckDelay}.
   */
  private Duration untilVisible(ChangeNotice notice) {
    Duration delay = Duration.between(clock.instant(), visibleAt(notice));
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(recheckDelay) > 0 ? recheckDelay : delay;
  }

  /** What Lambda calls. Before the system is set up, every message goes back into its queue. */
  @Singleton
  public static final class Handler {
    private final MessageBatch batch = new MessageBatch();
    private final SetUp setUp;
    private final Provider<SyncCalendars> function;
    private final Redelivery redelivery;

    @Inject
    Handler(
        SetUp setUp,
        Provider<SyncCalendars> function,
        SqsClient sqs,
        Settings.AppointmentChanges queue,
        Clock clock) {
      this.setUp = setUp;
      this.function = function;
      this.redelivery = new Redelivery(sqs, queue.url(), clock);
    }

    @Funq
    public Uni<Void> syncCalendars(SQSEvent.SQSMessage message) {
      return batch.handle(() -> handle(message));
    }

    private void handle(SQSEvent.SQSMessage message) {
      if (!setUp.isDone()) {
        redelivery.putBack(message);
        throw new NotSetUpException();
      }
      function.get().handle(message);
    }
  }
}
