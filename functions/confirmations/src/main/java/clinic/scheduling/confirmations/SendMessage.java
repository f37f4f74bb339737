package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.DeliveryLedger.NotSent;
import clinic.scheduling.confirmations.MessageDecision.SendChange;
import clinic.scheduling.confirmations.MessageDecision.SendReminder;
import clinic.scheduling.confirmations.message.BadMessageRequestException;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.wiring.Settings;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a patient about one change of their visit, or reminds them of it, by e-mail, SMS and chart.
 *
 * <p>What the message says is read from Canvas at this moment, and only sent if Canvas shows the
 * state that was recorded with the change ({@link DecideMessage}): a change that a newer one has
 * superseded is not told, and while Canvas shows another state the request waits. Each channel is
 * claimed under the name of the message just before its provider is called ({@link SendOnce}), so
 * any number of deliveries of one request makes at most one message on each channel.
 *
 * <p>The limit of that promise: SES and SNS take no name for a message by which we could ask about
 * it later. If the process dies, or no answer comes, between the call and its record, nobody knows
 * whether the message went out. It is never sent again: the ledger keeps it as {@code DOUBT}, the
 * log says {@code message-doubt}, and it is listed for the clinic until a report of SES settles it
 * ({@link HandleDeliveryEvent}). Before the call, and after a refusal without effect, the request
 * goes back to its queue.
 *
 * <p>A channel that fails does not stop the others. Requests that fail come again, later each time
 * ({@link Redelivery}), and in the end become dead letters; one that nobody can read does so at
 * once.
 */
@Startup
@Singleton
public final class SendMessage {
  private final Log log = Log.of(SendMessage.class);
  private final SourceQueues queues;
  private final ObjectMapper mapper;
  private final DecideMessage decide;
  private final SendOnce sendOnce;
  private final DeliveryLedger deliveries;
  private final ReviewList review;
  private final DeferredMessages deferred;
  private final HandleDeliveryEvent events;
  private final List<Channel> channels;

  /** Those that tell a patient of a change; the chart wakes nobody. */
  private final List<Channel> patientChannels;

  private final List<ReminderStep> steps;
  private final Clock clock;
  private final Duration time;

  @Inject
  SendMessage(
      SourceQueues queues,
      ObjectMapper mapper,
      DecideMessage decide,
      SendOnce sendOnce,
      DeliveryLedger deliveries,
      ReviewList review,
      DeferredMessages deferred,
      HandleDeliveryEvent events,
      Practice practice,
      Clock clock,
      Settings.Timeout timeout) {
    this.queues = queues;
    this.mapper = mapper;
    this.decide = decide;
    this.sendOnce = sendOnce;
    this.deliveries = deliveries;
    this.review = review;
    this.deferred = deferred;
    this.events = events;
    this.channels = Channel.of(practice.messages());
    this.patientChannels = channels.stream().filter(channel -> channel != Channel.CHART).toList();
    this.steps = practice.messages().reminders();
    this.clock = clock;
    this.time = timeout.length();
  }

  /**
   * @param message a request, {@code {"v":1,"appointment","change","messageKey"}}, from the queue
   *     {@code patient-messages}, or what a provider reports, from the queue {@code message-events}
   * @throws RuntimeException if the message has to be delivered again
   */
  @Funq
  public void sendMessage(SQSEvent.SQSMessage message) {
    log.begin("sqs", String.valueOf(message.getMessageId()));
    try {
      SourceQueues.Queue queue = queues.of(message);
      switch (queue.source()) {
        case PATIENT_MESSAGES -> tell(message, queue.redelivery());
        case MESSAGE_EVENTS -> report(message, queue.redelivery());
      }
    } finally {
      log.end();
    }
  }

  private void report(SQSEvent.SQSMessage message, Redelivery redelivery) {
    try {
      events.handle(message.getBody());
    } catch (BadMessageRequestException e) {
      log.failure("event-unreadable", e);
      redelivery.retrySoon(message);
      throw e;
    } catch (RuntimeException e) {
      log.failure("event-failed", e);
      redelivery.postpone(message, Duration.ZERO);
      throw e;
    }
  }

  private void tell(SQSEvent.SQSMessage message, Redelivery redelivery) {
    try {
      Deadline deadline = Deadline.in(time, clock);
      tell(MessageRequest.parse(message.getBody(), mapper), deadline);
    } catch (UnavailableException e) {
      log.warn("later", "system", e.system(), "delay", e.retryAfter());
      redelivery.postpone(message, e.retryAfter());
      throw e;
    } catch (BadMessageRequestException e) {
      log.failure("message-failed", e);
      redelivery.retrySoon(message);
      throw e;
    } catch (RuntimeException e) {
      log.failure("message-failed", e);
      redelivery.postpone(message, Duration.ZERO);
      throw e;
    }
  }

  private void tell(MessageRequest request, Deadline deadline) {
    log.put("message", request.key());
    log.put("correlation", request.correlation());
    List<Channel> unsettled =
        decide
            .decide(request)
            .fold(
                change -> sendChange(change, deadline),
                reminder -> sendReminder(reminder, deadline),
                defer -> defer(request, defer),
                skip -> skip(request, skip));
    if (!unsettled.isEmpty()) {
      throw new UnavailableException("messages by " + unsettled, RetryAfter.USUAL);
    }
  }

  /** On each channel of the practice, in their order: a text depends on what became of the mail. */
  private List<Channel> sendChange(SendChange change, Deadline deadline) {
    List<Channel> unsettled = new ArrayList<>();
    for (Channel channel : channels) {
      if (!sendOnce.send(change, channel, deadline)) {
        unsettled.add(channel);
      }
    }
    if (unsettled.isEmpty()) {
      listIfAllFailed(change.request());
    }
    return unsettled;
  }

  /** One channel after the other, up to the first that reaches the patient. */
  private List<Channel> sendReminder(SendReminder reminder, Deadline deadline) {
    for (Channel channel : Channel.of(reminder.step(), steps, channels)) {
      if (!sendOnce.send(reminder, channel, deadline)) {
        return List.of(channel);
      }
      if (!hasFailed(reminder.request(), channel)) {
        return List.of();
      }
    }
    return List.of();
  }

  private boolean hasFailed(MessageRequest request, Channel channel) {
    return deliveries
            .notSent(request.row(channel))
            .filter(why -> why == NotSent.UNREACHED || why == NotSent.REJECTED)
            .isPresent()
        || (channel == Channel.EMAIL && deliveries.isUndelivered(request));
  }

  private List<Channel> defer(MessageRequest request, MessageDecision.Defer defer) {
    deferred.put(request.toQueue(), defer.until());
    log.info("message-waits", "until", defer.until());
    return List.of();
  }

  private List<Channel> skip(MessageRequest request, MessageDecision.Skip skip) {
    log.info("message-not-due", "why", skip.why());
    if (skip.hasVisitBegun()) {
      listIfMissed(request);
    }
    return List.of();
  }

  /**
   * Lists a change for the clinic if every channel has failed, after at least one was tried. A
   * delivery whose outcome is unknown counts as told, since it is listed as such.
   */
  private void listIfAllFailed(MessageRequest request) {
    if (wasTriedInVain(request)
        && patientChannels.stream().allMatch(channel -> hasNotTold(request, channel))) {
      review.untold(request);
    }
  }

  /**
   * Lists a change whose visit has begun before any message told it, if a message was tried or
   * waited for a cap. A visit that staff entered after it began is not listed.
   */
  private void listIfMissed(MessageRequest request) {
    if (request.sequence().isPresent()
        && (wasTriedInVain(request)
            || patientChannels.stream().anyMatch(channel -> review.wasCapped(request, channel)))
        && patientChannels.stream().noneMatch(channel -> isTold(request, channel))) {
      review.untold(request);
    }
  }

  private boolean isTold(MessageRequest request, Channel channel) {
    return !hasNotTold(request, channel)
        && deliveries.mayHaveLeft(deliveries.last(request, channel));
  }

  private boolean wasTriedInVain(MessageRequest request) {
    return deliveries.isUndelivered(request)
        || deliveries
            .notSent(deliveries.last(request, Channel.SMS))
            .filter(NotSent.REJECTED::equals)
            .isPresent();
  }

  private boolean hasNotTold(MessageRequest request, Channel channel) {
    return (channel == Channel.EMAIL && deliveries.isUndelivered(request))
        || deliveries
            .notSent(deliveries.last(request, channel))
            .filter(NotSent::isFailure)
            .isPresent();
  }
}
