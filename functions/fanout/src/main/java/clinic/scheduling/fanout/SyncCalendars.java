package clinic.scheduling.fanout;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Postponement;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
  private final Postponement postponement;
  private final Log log = Log.of(SyncCalendars.class);

  SyncCalendars(
      Notices notices,
      VisitSync visits,
      SqsClient sqs,
      @ConfigProperty(name = "QUEUE_APPOINTMENT_CHANGES_URL") String queue) {
    this.notices = notices;
    this.visits = visits;
    this.postponement = new Postponement(sqs, queue);
  }

  /**
   * @param message one message of the queue {@code appointment-changes}; this parameter type makes
   *     the runtime call once for each message and report the failed ones only
   */
  @Funq
  public void syncCalendars(SQSEvent.SQSMessage message) {
    log.begin("message", message.getMessageId());
    try {
      ChangeNotice notice = notices.read(message.getBody());
      syncAll(notices.appointments(notice), message.getMessageId());
    } catch (RuntimeException e) {
      if (e instanceof UnavailableException unavailable) {
        log.warn("later", "system", unavailable.system(), "delay", unavailable.retryAfter());
        postponement.postpone(message, unavailable.retryAfter());
      } else {
        log.failure("sync-failed", e);
      }
      throw e;
    } finally {
      log.end();
    }
  }

  /** All of them are tried; the first failure is thrown afterwards. */
  private void syncAll(List<String> appointments, String messageId) {
    Optional<RuntimeException> first = Optional.empty();
    for (String appointment : appointments) {
      try {
        visits.sync(appointment, messageId);
      } catch (RuntimeException e) {
        first = first.or(() -> Optional.of(e));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }
}
