package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.confirmations.DecideMessage.MessageDecision.Send;
import clinic.scheduling.confirmations.DecideMessage.MessageDecision.SendChange;
import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import clinic.scheduling.confirmations.DeliveryLedger.NotSent;
import clinic.scheduling.confirmations.MessageOrdering.LastNotified;
import clinic.scheduling.confirmations.ReadVisitState.VisitState;
import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.contact.ReachableChannels;
import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.confirmations.render.ComposeMessage;
import clinic.scheduling.confirmations.render.ComposeMessage.RenderedMessage;
import clinic.scheduling.confirmations.render.MessageKind;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.RowBusyException;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends one message on one channel, at most once. The steps:
 *
 * <ol>
 *   <li>{@link #send} returns at once if the message is settled. It also returns if an older
 *       message is still in progress; the request is then redelivered.
 *   <li>{@link #plan} decides what the message says, who gets it, and whether it may be sent now.
 *   <li>{@link #deliver} counts the message against the caps and claims its ledger row.
 *   <li>{@link #call} checks once more that no newer change is recorded and that there is time
 *       left. Then it calls the provider.
 *   <li>{@link #record} records the result of the call.
 * </ol>
 *
 * <p>Between the claim and the record there are only that last check and the call. A worker that
 * dies there leaves the outcome unknown, and so does a call without an answer. A message whose
 * outcome is unknown is never sent again, neither by this worker nor by the next.
 */
@Singleton
final class SendOnce {
  /** Time for the longest call of a provider (4 s) and for recording its result in the table. */
  private static final Duration CALL_TIME = Duration.ofSeconds(6);

  private final ReachableChannels reachable;
  private final Contacts contacts;
  private final MessageLimits limits;
  private final MessageOrdering ordering;
  private final DeliveryLedger deliveries;
  private final ReviewList review;
  private final ComposeMessage compose;
  private final DeliverMessage provider;
  private final DeferredMessages deferred;
  private final Practice practice;
  private final Clock clock;
  private final Log log = Log.of(SendOnce.class);

  @Inject
  SendOnce(
      ReachableChannels reachable,
      Contacts contacts,
      MessageLimits limits,
      MessageOrdering ordering,
      DeliveryLedger deliveries,
      ReviewList review,
      ComposeMessage compose,
      DeliverMessage provider,
      DeferredMessages deferred,
      Practice practice,
      Clock clock) {
    this.reachable = reachable;
    this.contacts = contacts;
    this.limits = limits;
    this.ordering = ordering;
    this.deliveries = deliveries;
    this.review = review;
    this.compose = compose;
    this.provider = provider;
    this.deferred = deferred;
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * One message on one channel.
   *
   * @param row the message's row in the ledger
   * @param deadline when this worker has to be finished
   */
  private record Attempt(Send message, Channel channel, RowKey row, Deadline deadline) {
    MessageRequest request() {
      return message.request();
    }
  }

  /** What to do with a message now. */
  private sealed interface Plan {
    <R> R fold(Function<Deliver, R> deliver, Function<Omit, R> omit, Function<Wait, R> wait);

    boolean isDelivery();
  }

  /**
   * Send the message.
   *
   * @param contact the {@link Contacts#name} of the recipient's contact point; empty for a message
   *     in the chart
   * @param told what the patient will have been told about the visit once the message is sent;
   *     empty for a reminder
   */
  private record Deliver(
      RenderedMessage rendered,
      Optional<String> contact,
      MessageKind kind,
      Optional<LastNotified> told)
      implements Plan {
    @Override
    public <R> R fold(
        Function<Deliver, R> deliver, Function<Omit, R> omit, Function<Wait, R> wait) {
      return deliver.apply(this);
    }

    @Override
    public boolean isDelivery() {
      return true;
    }
  }

  /**
   * Send nothing on this channel, and settle it.
   *
   * @param why a fixed word for the log
   */
  private record Omit(String why, NotSent outcome) implements Plan {
    @Override
    public <R> R fold(
        Function<Deliver, R> deliver, Function<Omit, R> omit, Function<Wait, R> wait) {
      return omit.apply(this);
    }

    @Override
    public boolean isDelivery() {
      return false;
    }
  }

  /** Send nothing before {@code until}. */
  private record Wait(Instant until) implements Plan {
    @Override
    public <R> R fold(
        Function<Deliver, R> deliver, Function<Omit, R> omit, Function<Wait, R> wait) {
      return wait.apply(this);
    }

    @Override
    public boolean isDelivery() {
      return false;
    }
  }

  /**
   * Sends the message on this channel, unless it is already settled there.
   *
   * @return whether the message is settled on this channel, or waits for a later time; if false,
   *     the request must be delivered again
   */
  boolean send(Send message, Channel channel, Deadline deadline) {
    Attempt attempt = new Attempt(message, channel, row(message, channel), deadline);
    try {
      if (deliveries.isSettled(attempt.row())) {
        return true;
      }
      if (!ordering.settleOlder(message.request(), channel)) {
        log.info("message-after-another", "channel", channel.word());
        return false;
      }
      return plan(attempt)
          .fold(
              deliver -> deliver(attempt, deliver),
              omit -> omit(attempt, omit),
              wait -> defer(attempt, wait.until()));
    } catch (RuntimeException e) {
      log.failure("message-" + channel.word() + "-failed", e);
      return false;
    }
  }

  /**
   * The ledger row of the message. A text may have been omitted because a mail was enough or
   * because the number could not be used. If the mail then did not arrive, the text is tried again.
   * It has another ledger row then, because the usual row is settled.
   */
  private RowKey row(Send message, Channel channel) {
    MessageRequest request = message.request();
    RowKey usual = request.row(channel);
    boolean replacesMail =
        request.sequence().isPresent()
            && channel == Channel.SMS
            && deliveries.isUndelivered(request)
            && deliveries
                .reasonNotSent(usual)
                .filter(why -> why == NotSent.LEFT_TO_MAIL || why == NotSent.UNREACHED)
                .isPresent();
    return replacesMail ? request.replacementRow() : usual;
  }

  private Plan plan(Attempt attempt) {
    return attempt
        .message()
        .either(
            change -> planChange(attempt, change),
            reminder ->
                planByContact(attempt, reminder.kind(), Optional.empty(), Optional.empty()));
  }

  /**
   * Plans a message about the difference between what the patient was last told on this channel and
   * the state now.
   */
  private Plan planChange(Attempt attempt, SendChange change) {
    MessageRequest request = attempt.request();
    VisitState now = change.visit();
    String fingerprint =
        now.fingerprint().orElseThrow(() -> ReadVisitState.unavailable("a certain state"));
    Optional<LastNotified> before = ordering.lastNotified(attempt.channel(), request.root());
    // If nobody knows what the patient was last told, the message states the recorded change.
    Optional<Change> step =
        before.filter(LastNotified::isUnknown).isPresent()
            ? Optional.of(request.change())
            : PatientFingerprint.change(
                before.map(LastNotified::fingerprint).or(change::assumed), fingerprint, practice);
    if (step.isEmpty()) {
      return new Omit("known-already", NotSent.NONE);
    }
    if (practice.messages().silent().contains(step.get().word())) {
      return new Omit("switched-off", NotSent.NONE);
    }
    MessageKind kind = MessageKind.of(step.get(), change.byPatient());
    Optional<LastNotified> told =
        request
            .sequence()
            .map(sequence -> new LastNotified(sequence, fingerprint, now.time().start()));
    if (attempt.channel() == Channel.CHART) {
      return planChart(now, kind, told);
    }
    Plan plan = planByContact(attempt, kind, before, told);
    if (!plan.isDelivery() && reachable.leavesUntold(now.contacts())) {
      review.untold(request);
    }
    return plan;
  }

  private Plan planChart(VisitState now, MessageKind kind, Optional<LastNotified> told) {
    Optional<String> patient = now.appointment().patient();
    Optional<String> practitioner = now.appointment().practitioner();
    return patient.isEmpty() || practitioner.isEmpty()
        ? new Omit("nobody-to-write-as", NotSent.NONE)
        : new Deliver(
            compose.chart(
                kind,
                now.time().start(),
                now.place(),
                now.words(),
                patient.get(),
                practitioner.get()),
            Optional.empty(),
            kind,
            told);
  }

  /**
   * Looks for a contact point that has consent and is not suppressed. For a text, it also checks
   * quiet hours and limits.
   */
  private Plan planByContact(
      Attempt attempt,
      MessageKind kind,
      Optional<LastNotified> before,
      Optional<LastNotified> told) {
    MessageRequest request = attempt.request();
    VisitState now = attempt.message().visit();
    boolean replacesMail =
        attempt.channel() == Channel.SMS && !kind.isReminder() && deliveries.isUndelivered(request);
    Recipient recipient =
        kind.isReminder()
            ? reachable.forReminder(attempt.channel(), now.contacts())
            : replacesMail
                ? reachable.inPlaceOfMail(now.contacts())
                : reachable.forChange(attempt.channel(), now.contacts());
    return recipient.fold(
        to ->
            attempt.channel() == Channel.EMAIL
                ? new Deliver(
                    compose.mail(request, kind, now.visit(), now.firstName(), now.words(), to),
                    Optional.of(to.contact()),
                    kind,
                    told)
                : planText(request, now, kind, to, replacesMail, before, told),
        unreachable -> new Omit(unreachable.why(), NotSent.UNREACHED),
        () -> new Omit("suppressed", NotSent.SUPPRESSED));
  }

  private Plan planText(
      MessageRequest request,
      VisitState now,
      MessageKind kind,
      Recipient.At to,
      boolean replacesMail,
      Optional<LastNotified> before,
      Optional<LastNotified> told) {
    Optional<Instant> quietHoursEnd =
        practice
            .messages()
            .quietHours()
            .sendableFrom(clock.instant(), now.home(), earlierStart(now, before));
    if (quietHoursEnd.isPresent()) {
      return new Wait(quietHoursEnd.get());
    }
    boolean isTextOptional =
        kind.isReminder() || (!replacesMail && reachable.mailReaches(now.contacts()));
    if (isTextOptional && limits.isTextLimitReached(to.contact(), request, now.home())) {
      return new Omit("sms-limit", NotSent.LEFT_TO_MAIL);
    }
    return new Deliver(
        compose.text(request, kind, now.visit(), now.words(), to.address()),
        Optional.of(to.contact()),
        kind,
        told);
  }

  /**
   * The earlier of two start times: the start that the patient was last told and the start that
   * this message states. The start that the patient was last told does not count if it has passed,
   * or if the patient was told that the visit is cancelled.
   */
  private Instant earlierStart(VisitState now, Optional<LastNotified> before) {
    Instant start = now.time().start();
    return before
        .filter(last -> !last.fingerprint().equals(PatientFingerprint.GONE))
        .map(LastNotified::start)
        .filter(known -> known.isAfter(clock.instant()) && known.isBefore(start))
        .orElse(start);
  }

  /** Stores the request. The reminders run queues it again at the time {@code until}. */
  private boolean defer(Attempt attempt, Instant until) {
    deferred.put(attempt.request().toQueue(), until);
    log.info("message-waits", "channel", attempt.channel().word(), "until", until);
    return true;
  }

  /**
   * Records in the ledger that nothing is sent, so that a redelivery of the request does not decide
   * again.
   */
  private boolean omit(Attempt attempt, Omit omit) {
    if (!attempt.deadline().leaves(CALL_TIME)) {
      return giveUp(attempt);
    }
    return deliveries
        .claim(attempt.row(), "")
        .fold(
            granted -> {
              log.info(omit.why(), "channel", attempt.channel().word());
              deliveries.recordNotSent(granted.fence(), omit.outcome());
              return true;
            },
            doubt -> {
              deliveries.settleDoubt(doubt, attempt.request(), attempt.channel());
              return true;
            },
            done -> true,
            busy -> false);
  }

  /**
   * Counts the message against the caps and then claims it. Counting comes first, because as little
   * as possible may lie between the claim and the provider call.
   */
  private boolean deliver(Attempt attempt, Deliver message) {
    Optional<Instant> waitUntil =
        message
            .contact()
            .flatMap(
                contact ->
                    limits.count(
                        attempt.channel(),
                        contact,
                        message.kind().isCancellation(),
                        attempt.row()));
    if (waitUntil.isPresent()) {
      review.capped(attempt.request(), attempt.channel());
      return defer(attempt, waitUntil.get());
    }
    if (!attempt.deadline().leaves(CALL_TIME)) {
      return giveUp(attempt);
    }
    return deliveries
        .claim(attempt.row(), message.told().map(LastNotified::text).orElse(""))
        .fold(
            granted -> call(attempt, message, granted),
            doubt -> {
              remember(attempt, message);
              deliveries.settleDoubt(doubt, attempt.request(), attempt.channel());
              return true;
            },
            done -> true,
            busy -> false);
  }

  /**
   * Calls the provider. The claim may have taken long, so we first check again that no newer change
   * is recorded and that there is time left.
   */
  private boolean call(Attempt attempt, Deliver message, Claim.Granted claim) {
    if (ordering.isSuperseded(attempt.request())) {
      deliveries.recordNotSent(claim.fence(), NotSent.NONE);
      log.info("superseded", "channel", attempt.channel().word());
      return true;
    }
    if (!attempt.deadline().leaves(CALL_TIME)) {
      deliveries.release(claim);
      return giveUp(attempt);
    }
    return record(provider.deliver(message.rendered()), attempt, message, claim);
  }

  private boolean giveUp(Attempt attempt) {
    log.warn("message-not-sent", "channel", attempt.channel().word(), "code", "no-time-left");
    return false;
  }

  private boolean record(
      DeliveryResult result, Attempt attempt, Deliver message, Claim.Granted claim) {
    MessageRequest request = attempt.request();
    String channel = attempt.channel().word();
    return result.accept(
        new DeliveryResult.Visitor<>() {
          @Override
          public Boolean accepted(DeliveryResult.Accepted accepted) {
            remember(attempt, message);
            deliveries.recordSent(claim.fence(), accepted.id());
            log.info("message-sent", "channel", channel, "external", accepted.id());
            return true;
          }

          /**
           * After a rejected mail, the message may be sent by text. A number whose owner opted out
           * at the provider is suppressed.
           */
          @Override
          public Boolean rejected(DeliveryResult.Rejected rejected) {
            if (attempt.channel() == Channel.EMAIL) {
              deliveries.mailRejected(request);
            }
            if (attempt.channel() == Channel.SMS && rejected.isOptOut()) {
              message
                  .contact()
                  .ifPresent(contact -> contacts.optedOut(contact, Optional.of(request.root())));
            }
            deliveries.recordNotSent(claim.fence(), NotSent.REJECTED);
            log.error("message-rejected", "channel", channel, "code", rejected.code());
            return true;
          }

          @Override
          public Boolean unknown(DeliveryResult.Unknown unknown) {
            remember(attempt, message);
            deliveries.recordDoubt(claim.fence(), request, attempt.channel(), unknown.code());
            return true;
          }

          @Override
          public Boolean notSetUp(DeliveryResult.NotSetUp wrong) {
            deliveries.release(claim);
            log.error("message-not-set-up", "channel", channel, "code", wrong.code());
            return false;
          }

          @Override
          public Boolean notSent(DeliveryResult.NotSent failed) {
            deliveries.release(claim);
            log.warn("message-not-sent", "channel", channel, "code", failed.code());
            return false;
          }
        });
  }

  /**
   * Records what the message said, because the patient may have got it and the next message states
   * the difference from it. We record this before the outcome, because a message with a recorded
   * outcome is never processed again. If other writers keep the row busy, we only log that. The
   * message was sent, and an exception would make its outcome unknown.
   */
  private void remember(Attempt attempt, Deliver message) {
    MessageRequest request = attempt.request();
    try {
      message.told().ifPresent(told -> ordering.remember(attempt.channel(), request.root(), told));
    } catch (RowBusyException e) {
      String channel = attempt.channel().word();
      log.warn(
          "told-not-recorded", "channel", channel, "message", request.key(), "code", "contended");
    }
    if (attempt.channel() == Channel.SMS) {
      message
          .contact()
          .ifPresent(
              contact -> limits.countText(contact, request, attempt.message().visit().home()));
    }
  }
}
