package clinic.scheduling.fanout;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.wiring.Settings;
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
 * Makes Outlook, Google and the patient's messages say what Canvas says. A notice only says where
 * to look: lost, repeated, late and reordered notices end in the same calendars. Every failure is
 * thrown, so that the message comes back and in the end becomes a dead letter.
 */
@Startup
@Singleton
public final class SyncCalendars {
  private final Notices notices;
  private final VisitSync visits;
  private final Queue<ChangeNotice> changes;
  private final DelayedRecheck secondLook;
  private final Redelivery postponement;
  private final Clock clock;
  private final Duration time;
  private final Log log = Log.of(SyncCalendars.class);

  SyncCalendars(
      Notices notices,
      VisitSync visits,
      DelayedRecheck secondLook,
      Queue<ChangeNotice> changes,
      SqsClient sqs,
      Settings.AppointmentChanges queue,
      Clock clock,
      Settings.Timeout timeout) {
    this.notices = notices;
    this.visits = visits;
    this.changes = changes;
    this.secondLook = secondLook;
    this.postponement = new Redelivery(sqs, queue.url());
    this.clock = clock;
    this.time = timeout.length();
  }

  /**
   * @param message one message of the queue {@code appointment-changes}; this parameter type makes
   *     the runtime call once for each message and report the failed ones only
   */
  @Funq
  public void syncCalendars(SQSEvent.SQSMessage message) {
    Deadline deadline = Deadline.in(time, clock);
    log.begin("message", message.getMessageId());
    try {
      sync(notices.read(message.getBody()), message.getMessageId(), deadline);
    } catch (RuntimeException e) {
      putOff(message, e);
      throw e;
    } finally {
      log.end();
    }
  }

  /** Several visits become as many messages: one invocation has time for one. */
  private void sync(ChangeNotice notice, String messageId, Deadline deadline) {
    Instant begun = clock.instant();
    List<ChangeNotice> each = notices.each(notice);
    if (each.size() == 1) {
      ChangeNotice only = each.get(0);
      String appointment = only.knownAppointment().orElseThrow(BadNoticeException::new);
      visits.sync(appointment, Trigger.of(messageId, only), deadline);
    } else {
      each.forEach(changes::send);
      log.info("spread", "messages", each.size());
    }
    secondLook.after(notice, begun, clock.instant());
  }

  private void putOff(SQSEvent.SQSMessage message, RuntimeException failure) {
    if (failure instanceof UnavailableException later) {
      log.warn("later", "system", later.system(), "delay", later.retryAfter());
      postponement.postpone(message, later.retryAfter());
    } else if (failure instanceof BadNoticeException) {
      log.failure("bad-notice", failure);
      postponement.hurry(message);
    } else {
      log.failure("sync-failed", failure);
      postponement.postpone(message, Duration.ZERO);
    }
  }
}
