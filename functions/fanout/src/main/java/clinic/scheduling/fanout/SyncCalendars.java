package clinic.scheduling.fanout;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.wiring.Settings;
import clinic.scheduling.fanout.ReadChangeNotice.BadNoticeException;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Brings Outlook, Google and the messages to the patient in line with Canvas. A notice only says
 * where to look, so lost, repeated, late and reordered notices lead to the same calendars. Every
 * failure is thrown: the message is delivered again, and in the end becomes a dead letter.
 */
@Startup
@Singleton
public final class SyncCalendars {
  private static final Log LOG = Log.of(SyncCalendars.class);

  private final ReadChangeNotice notices;
  private final SyncVisit visits;
  private final Queue<ChangeNotice> changes;
  private final Redelivery redelivery;
  private final Clock clock;
  private final Duration timeout;
  private final Duration visibleAfter;

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
    this.redelivery = new Redelivery(sqs, queue.url());
    this.clock = clock;
    this.timeout = timeout.length();
    this.visibleAfter = settings.secondLook();
  }

  /**
   * @param message one message of the queue {@code appointment-changes}. With this parameter type
   *     the runtime calls the method once for each message of a batch, and reports only those that
   *     failed
   */
  @Funq
  public void syncCalendars(SQSEvent.SQSMessage message) {
    Deadline deadline = Deadline.in(timeout, clock);
    LOG.begin("message", message.getMessageId());
    try {
      ChangeNotice notice = notices.parse(message.getBody());
      Instant begun = clock.instant();
      List<ChangeNotice> each = notices.forEachAppointment(notice);
      if (each.size() == 1) {
        visits.sync(each.get(0), message.getMessageId(), deadline);
      } else {
        spread(each);
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

  /** One invocation has time for one visit, so each visit becomes a message of its own. */
  private void spread(List<ChangeNotice> each) {
    each.forEach(changes::send);
    LOG.info("spread", "messages", each.size());
  }

  /**
   * Canvas may announce a change before a read shows it, and does not announce it again ({@code
   * docs/facts/canvas.md} 5.2). So a visit that was read right after its notice is read once more
   * later. A recheck is not rechecked, nor is reconciliation, which does not act on recent notices.
   */
  private boolean needsRecheck(ChangeNotice notice, Instant begun) {
    return !ReadChangeNotice.RECHECK.equals(notice.hint())
        && !notice.comesFromReconciliation()
        && begun.isBefore(visibleAt(notice));
  }

  private Instant visibleAt(ChangeNotice notice) {
    return notice.receivedTime().plus(visibleAfter);
  }

  /** The clock of the receiver may differ from ours, so the delay is limited on both sides. */
  private Duration untilVisible(ChangeNotice notice) {
    Duration delay = Duration.between(clock.instant(), visibleAt(notice));
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(visibleAfter) > 0 ? visibleAfter : delay;
  }
}
