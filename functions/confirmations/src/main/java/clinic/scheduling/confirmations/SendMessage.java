package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.DecideMessage.MessageDecision;
import clinic.scheduling.confirmations.DecideMessage.MessageDecision.SendChange;
import clinic.scheduling.confirmations.DecideMessage.MessageDecision.SendReminder;
import clinic.scheduling.confirmations.DeliveryLedger.NotSent;
import clinic.scheduling.confirmations.message.BadMessageRequestException;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.CodeRequest;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.MessageBatch;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.setup.NotSetUpException;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.SetUp;
import clinic.scheduling.core.wiring.Settings;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Tells a patient about one change of their visit, or reminds them of it, by e-mail, SMS and chart.
 *
 * <p>The content of a message is read from Canvas when the request arrives. A message about a
 * change is sent only if Canvas shows the state that was recorded with the change ({@link
 * DecideMessage}). While Canvas shows another state, the request is redelivered. A superseded
 * change gets no message.
 *
 * <p>On each channel, the message is claimed in the ledger just before the provider is called
 * ({@link SendOnce}). So any number of deliveries of one request makes at most one message on each
 * channel.
 *
 * <p>This guarantee has a limit. SES and SNS do not accept a message id of ours with which we could
 * query the message later. If the process dies between the claim and the record, or the call gets
 * no answer, nobody knows whether the message was sent. Then:
 *
 * <ul>
 *   <li>The message is never sent again.
 *   <li>The ledger keeps it as {@code DOUBT}, and the log says {@code message-doubt}.
 *   <li>The message is listed for the clinic until a report of SES settles it ({@link
 *       HandleDeliveryEvent}).
 * </ul>
 *
 * <p>If the process fails before the claim, or the provider refuses without sending, the request is
 * redelivered.
 *
 * <p>A channel that fails does not stop the others. A failed request is redelivered with growing
 * delays ({@link Redelivery}) and finally becomes a dead letter. A request that we cannot parse
 * becomes a dead letter quickly.
 *
 * <p>{@link SendCode} sends the codes with which a caller proves a contact point.
 */
@Singleton
public final class SendMessage implements LambdaFunction {
  private final Log log = Log.of(SendMessage.class);
  private final SourceQueues queues;
  private final ObjectMapper mapper;
  private final DecideMessage decide;
  private final SendOnce sendOnce;
  private final SendCode sendCode;
  private final DeliveryLedger deliveries;
  private final ReviewList review;
  private final DeferredMessages deferred;
  private final HandleDeliveryEvent events;
  private final List<Channel> channels;

  /** The channels that notify the patient. A message in the chart notifies nobody. */
  private final List<Channel> patientChannels;

  private final List<ReminderStep> steps;
  private final Clock clock;
  private final Duration timeout;

  @Inject
  SendMessage(
      SourceQueues queues,
      ObjectMapper mapper,
      DecideMessage decide,
      SendOnce sendOnce,
      SendCode sendCode,
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
    this.sendCode = sendCode;
    this.deliveries = deliveries;
    this.review = review;
    this.deferred = deferred;
    this.events = events;
    this.channels = Channel.of(practice.messages());
    this.patientChannels = channels.stream().filter(channel -> channel != Channel.CHART).toList();
    this.steps = practice.messages().reminders();
    this.clock = clock;
    this.timeout = timeout.length();
  }

  /**
   * Handles one message of either queue.
   *
   * @param message a request from the queue {@code patient-messages}, {@code
   *     {"v":1,"appointment","change","messageKey"}} or {@code {"v":2,"verification","code"}}; or a
   *     provider's report or a patient's answer from the queue {@code message-events}
   * @throws RuntimeException if the message has to be delivered again
   */
  public void handle(SQSEvent.SQSMessage message) {
    log.begin("sqs", String.valueOf(message.getMessageId()));
    try {
      SourceQueues.Queue queue = queues.of(message);
      switch (queue.source()) {
        case PATIENT_MESSAGES -> handleRequest(message, queue.redelivery());
        case MESSAGE_EVENTS -> handleEvent(message, queue.redelivery());
      }
    } finally {
      log.end();
    }
  }

  private void handleEvent(SQSEvent.SQSMessage message, Redelivery redelivery) {
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

  private void handleRequest(SQSEvent.SQSMessage message, Redelivery redelivery) {
    try {
      Deadline deadline = Deadline.in(timeout, clock);
      Optional<CodeRequest> code = CodeRequest.parse(message.getBody(), mapper);
      if (code.isPresent()) {
        sendCode.send(code.get(), deadline);
      } else {
        sendMessages(MessageRequest.parse(message.getBody(), mapper), deadline);
      }
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

  private void sendMessages(MessageRequest request, Deadline deadline) {
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

  /**
   * Sends on each channel of the practice. The mail comes before the text, because whether a text
   * is sent depends on the outcome of the mail.
   *
   * @return the channels that are not settled
   */
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

  /**
   * Tries one channel after the other until one does not fail.
   *
   * @return the channel that is not settled, if there is one
   */
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
            .reasonNotSent(request.row(channel))
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
   * Lists a change for the clinic if every channel failed and at least one of them was tried. A
   * message whose outcome is unknown counts as told here, because it is already listed as in doubt.
   */
  private void listIfAllFailed(MessageRequest request) {
    if (wasTriedInVain(request)
        && patientChannels.stream().allMatch(channel -> hasNotTold(request, channel))) {
      review.untold(request);
    }
  }

  /**
   * Lists a change for the clinic if the visit began before any message about the change was sent.
   * It is listed only if a message was tried, or waited for a cap. So a visit that staff entered
   * after its start is not listed.
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
        && deliveries.mayHaveBeenSent(deliveries.last(request, channel));
  }

  /** Whether SES rejected the mail, the mail did not arrive, or SNS rejected the text. */
  private boolean wasTriedInVain(MessageRequest request) {
    return deliveries.isUndelivered(request)
        || deliveries
            .reasonNotSent(deliveries.last(request, Channel.SMS))
            .filter(NotSent.REJECTED::equals)
            .isPresent();
  }

  /** Whether the message is settled on this channel and did not tell the patient anything. */
  private boolean hasNotTold(MessageRequest request, Channel channel) {
    return (channel == Channel.EMAIL && deliveries.isUndelivered(request))
        || deliveries
            .reasonNotSent(deliveries.last(request, channel))
            .filter(NotSent::isFailure)
            .isPresent();
  }

  /**
   * The two queues that invoke this function, each with the redelivery of its messages
   * (docs/decisions/0041-one-function-for-messages-and-their-reports.md).
   */
  @Singleton
  static final class SourceQueues {
    private final Queue patientMessages;
    private final Optional<Queue> messageEvents;
    private final Log log = Log.of(SourceQueues.class);

    @Inject
    SourceQueues(
        SqsClient sqs,
        Settings.PatientMessages patientMessages,
        MessagesSettings.Events events,
        Clock clock) {
      this.patientMessages = Queue.of(Source.PATIENT_MESSAGES, patientMessages.url(), sqs, clock);
      this.messageEvents =
          events
              .queueUrl()
              .filter(url -> !url.isBlank())
              .map(url -> Queue.of(Source.MESSAGE_EVENTS, url, sqs, clock));
    }

    /** Which kind of messages a queue carries. */
    enum Source {
      PATIENT_MESSAGES,
      MESSAGE_EVENTS
    }

    /**
     * A queue that invokes this function.
     *
     * @param name the last part of the queue's URL, which is also the last part of its ARN
     */
    record Queue(Source source, String name, Redelivery redelivery) {
      private static Queue of(Source source, String url, SqsClient sqs, Clock clock) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        return new Queue(source, name, new Redelivery(sqs, url, clock));
      }
    }

    /**
     * Finds the queue that a message comes from, by the name in the message's {@code
     * eventSourceARN}, {@code arn:aws:sqs:<region>:<account>:<name>}.
     *
     * @throws IllegalStateException if the message comes from neither queue. Then the event source
     *     mapping and the configuration disagree
     */
    Queue of(SQSEvent.SQSMessage message) {
      String arn = Objects.requireNonNullElse(message.getEventSourceArn(), "none");
      String name = arn.substring(arn.lastIndexOf(':') + 1);
      if (name.equals(patientMessages.name())) {
        return patientMessages;
      }
      return messageEvents
          .filter(queue -> queue.name().equals(name))
          .orElseThrow(
              () -> {
                log.error("queue-unknown", "arn", arn);
                return new IllegalStateException(
                    "A message comes from "
                        + arn
                        + ", which neither QUEUE_PATIENT_MESSAGES_URL nor"
                        + " QUEUE_MESSAGE_EVENTS_URL names.");
              });
    }
  }

  /** What Lambda calls. Before the system is set up, every message goes back into its queue. */
  @Singleton
  public static final class Handler {
    private final MessageBatch batch = new MessageBatch();
    private final SetUp setUp;
    private final Provider<SendMessage> function;
    private final SourceQueues queues;

    @Inject
    Handler(SetUp setUp, Provider<SendMessage> function, SourceQueues queues) {
      this.setUp = setUp;
      this.function = function;
      this.queues = queues;
    }

    @Funq
    public Uni<Void> sendMessage(SQSEvent.SQSMessage message) {
      return batch.handle(() -> handle(message));
    }

    private void handle(SQSEvent.SQSMessage message) {
      if (!setUp.isDone()) {
        queues.of(message).redelivery().putBack(message);
        throw new NotSetUpException();
      }
      function.get().handle(message);
    }
  }
}
