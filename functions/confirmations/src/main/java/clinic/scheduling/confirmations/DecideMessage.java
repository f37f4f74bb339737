package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.confirmations.ReadVisitState.VisitState;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.MessageKind;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.remind.ReminderPlan;
import clinic.scheduling.core.remind.UpcomingVisit;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides from what Canvas shows now whether a message is still due for a request.
 *
 * <p>For a change, we send a message only if it is the newest change, and only if the patient would
 * see no difference between what Canvas shows and the state that the fan-out recorded. A read of
 * Canvas may be stale, or may not show the visit at all. If we sent the message then, it could
 * state an old time. If we skipped it, the patient would get no message. So the request is
 * redelivered until Canvas shows the recorded state.
 *
 * <p>No request waits for ever. If the visit has really changed, the fan-out records the new state
 * and requests a new message, which supersedes this one. If Canvas keeps showing another state and
 * the fan-out never hears of it, the request ends as a dead letter.
 */
@Singleton
final class DecideMessage {
  private static final String CANCELLATION = "cancellation#";

  /**
   * The answers that we store for a patient's request that cancelled the visit ({@code cancelled})
   * or may have cancelled it (empty: the outcome is not known).
   */
  private static final Set<String> OUTCOMES_OF_OUR_CANCELLATION = Set.of("cancelled", "");

  /**
   * The longest time between a patient's request to cancel and the change that we attribute to it.
   */
  private static final Duration MAX_DISTANCE = Duration.ofHours(1);

  /**
   * We look at 10,000 cancellation requests of one visit at most. The rate limits keep a patient
   * from making so many. If there are more, the message says that the visit is cancelled, but not
   * by whom.
   */
  private static final int PAGES = 10;

  private final ReadVisitState visits;
  private final Rows rows;
  private final ChangeLog changes;
  private final DuplicateBooking duplicates;
  private final Canvas canvas;
  private final Practice practice;
  private final Clock clock;

  @Inject
  DecideMessage(
      ReadVisitState visits,
      Rows rows,
      ChangeLog changes,
      DuplicateBooking duplicates,
      Canvas canvas,
      Practice practice,
      Clock clock) {
    this.visits = visits;
    this.rows = rows;
    this.changes = changes;
    this.duplicates = duplicates;
    this.canvas = canvas;
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * Decides which message is due for the request, if any.
   *
   * @throws UnavailableException if Canvas does not answer, or does not show the recorded state
   */
  MessageDecision decide(MessageRequest request) {
    Optional<ChangeRecord> last = changes.read(request.root());
    return request
        .about()
        .fold(
            change -> decideChange(request, change.sequence(), last),
            reminder -> decideReminder(request, reminder, last));
  }

  private MessageDecision decideChange(
      MessageRequest request, int sequence, Optional<ChangeRecord> last) {
    if (last.filter(newer -> newer.sequence() > sequence).isPresent()) {
      return new MessageDecision.Skip("superseded");
    }
    ChangeRecord recorded =
        last.filter(it -> it.sequence() == sequence && it.change() == request.change())
            .orElseThrow(
                () -> new UnavailableException("table: a record of this change", RetryAfter.USUAL));
    VisitThread thread = visits.thread(request);
    if (!isAsRecorded(thread, recorded)) {
      throw ReadVisitState.unavailable("the recorded state");
    }
    VisitState visit = visits.state(request, thread);
    return visit.time().start().isAfter(clock.instant())
        ? new MessageDecision.SendChange(
            request, visit, isByPatient(request.root(), recorded), assumed(thread, recorded))
        : MessageDecision.Skip.visitHasBegun();
  }

  /** Whether a patient would see no difference between the visit now and the recorded state. */
  private boolean isAsRecorded(VisitThread thread, ChangeRecord recorded) {
    return PatientFingerprint.of(thread.current())
        .filter(
            now ->
                PatientFingerprint.change(Optional.of(recorded.fingerprint()), now, practice)
                    .isEmpty())
        .isPresent();
  }

  /**
   * The fingerprint of the state that the patient knows without any message; empty if they know of
   * no visit. There is one special case: booking has withdrawn the appointment, because somebody
   * else took the time. The patient was never promised that visit. So the result says that the
   * visit is cancelled, and the patient gets no message about the cancellation.
   */
  private Optional<String> assumed(VisitThread thread, ChangeRecord recorded) {
    boolean isOff = recorded.fingerprint().equals(PatientFingerprint.GONE);
    return isOff && visits.isWithdrawn(thread)
        ? Optional.of(PatientFingerprint.GONE)
        : recorded.assumed();
  }

  /**
   * Whether the patient cancelled the visit through us. Canvas does not say who cancelled a visit.
   * If it was the patient, there is a row of their request ({@code cancellation#<key>}), and its
   * time is within an hour of the change. A request that found the visit already cancelled, or that
   * we refused, does not count.
   */
  private boolean isByPatient(String root, ChangeRecord recorded) {
    return recorded.change() == Change.CANCELLED
        // Earlier versions stored requests in the partition of the visit. Those rows live for 400
        // days.
        && Stream.of(RowKey.ofRequest(root, CANCELLATION), RowKey.ofVisit(root, CANCELLATION))
            .anyMatch(requests -> hasCancelled(requests, recorded));
  }

  private boolean hasCancelled(RowKey requests, ChangeRecord recorded) {
    Optional<String> next = Optional.of("");
    for (int page = 0; page < PAGES && next.isPresent(); page++) {
      RowPage one = rows.page(requests.partition(), CANCELLATION, next.get(), Rows.PAGE);
      if (one.rows().stream().anyMatch(row -> isCancellationNear(row, recorded))) {
        return true;
      }
      next = one.next();
    }
    return false;
  }

  private static boolean isCancellationNear(Row row, ChangeRecord recorded) {
    return OUTCOMES_OF_OUR_CANCELLATION.contains(row.field("external").orElse(""))
        && row.field("leaseUntil")
            .map(Instants::parse)
            .filter(at -> Duration.between(at, recorded.at()).abs().compareTo(MAX_DISTANCE) < 0)
            .isPresent();
  }

  private MessageDecision decideReminder(
      MessageRequest request, MessageRequest.About.Reminder reminder, Optional<ChangeRecord> last) {
    Optional<ReminderStep> step =
        practice.messages().activeReminders().stream()
            .filter(one -> one.id().equals(reminder.step()))
            .findFirst();
    if (step.isEmpty()) {
      return new MessageDecision.Skip("switched-off");
    }
    VisitThread thread = visits.thread(request);
    if (thread.current().replacedBy().isPresent()) {
      throw ReadVisitState.unavailable("a successor");
    }
    boolean isSameTime =
        thread
            .current()
            .time()
            .map(Interval::start)
            .filter(start -> start.getEpochSecond() / 60 == reminder.startMinute())
            .isPresent();
    if (!isSameTime) {
      return new MessageDecision.Skip("moved");
    }
    // The booking has two appointments in Canvas, and the patient knows the other one.
    if (duplicates.recordedOriginal(thread, canvas).isPresent()) {
      return new MessageDecision.Skip("twice-booked");
    }
    return planReminder(request, step.get(), visits.state(request, thread), last);
  }

  /**
   * Plans the reminder again at the moment of sending, because the visit may have been confirmed or
   * cancelled since the reminder was requested.
   */
  private MessageDecision planReminder(
      MessageRequest request, ReminderStep step, VisitState visit, Optional<ChangeRecord> last) {
    UpcomingVisit.State state =
        visit
            .appointment()
            .knownStatus()
            .map(DecideMessage::state)
            .orElse(UpcomingVisit.State.NOT_AWAITED);
    UpcomingVisit upcoming =
        new UpcomingVisit(
            visit.time().start(),
            state,
            last.map(ChangeRecord::at).orElse(Instant.EPOCH),
            visit.place(),
            visit.home());
    boolean asks = step.asksToConfirm() && state == UpcomingVisit.State.UNCONFIRMED;
    MessageKind kind = asks ? MessageKind.CONFIRM : MessageKind.REMINDER;
    return ReminderPlan.of(step, upcoming, practice.messages().quietHours(), clock.instant())
        .<MessageDecision>fold(
            () -> new MessageDecision.SendReminder(request, visit, step, kind),
            wait -> new MessageDecision.Defer(wait.until()),
            drop -> new MessageDecision.Skip(drop.why()));
  }

  private static UpcomingVisit.State state(AppointmentStatus status) {
    return switch (status) {
      case PROPOSED, PENDING -> UpcomingVisit.State.UNCONFIRMED;
      case BOOKED -> UpcomingVisit.State.CONFIRMED;
      case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, WAITLIST, CANCELLED, ENTERED_IN_ERROR ->
          UpcomingVisit.State.NOT_AWAITED;
    };
  }

  /** The decision about a request: which message to send, if any. */
  sealed interface MessageDecision {

    /** Calls the function of this case and returns its result. */
    <R> R fold(
        Function<SendChange, R> change,
        Function<SendReminder, R> reminder,
        Function<Defer, R> defer,
        Function<Skip, R> skip);

    /** Send a message on the channels that reach the patient. */
    sealed interface Send extends MessageDecision {
      MessageRequest request();

      VisitState visit();

      /** Calls the function of this case and returns its result. */
      <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder);

      @Override
      default <R> R fold(
          Function<SendChange, R> change,
          Function<SendReminder, R> reminder,
          Function<Defer, R> defer,
          Function<Skip, R> skip) {
        return either(change, reminder);
      }
    }

    /**
     * Send a message about the newest change.
     *
     * @param byPatient whether the change is a cancellation by the patient
     * @param assumed the fingerprint of the state that the patient knows without any message; empty
     *     if they know of no visit
     */
    record SendChange(
        MessageRequest request, VisitState visit, boolean byPatient, Optional<String> assumed)
        implements Send {
      @Override
      public <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder) {
        return change.apply(this);
      }
    }

    /** Send a reminder. The channel of its step is tried first. */
    record SendReminder(
        MessageRequest request, VisitState visit, ReminderStep step, MessageKind kind)
        implements Send {
      @Override
      public <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder) {
        return reminder.apply(this);
      }
    }

    /** Send nothing before {@code until}; then decide again. */
    record Defer(Instant until) implements MessageDecision {
      @Override
      public <R> R fold(
          Function<SendChange, R> change,
          Function<SendReminder, R> reminder,
          Function<Defer, R> defer,
          Function<Skip, R> skip) {
        return defer.apply(this);
      }
    }

    /**
     * Send nothing, now or later.
     *
     * @param why a fixed word for the log
     */
    record Skip(String why) implements MessageDecision {
      private static final String OVER = "over";

      static Skip visitHasBegun() {
        return new Skip(OVER);
      }

      boolean hasVisitBegun() {
        return why.equals(OVER);
      }

      @Override
      public <R> R fold(
          Function<SendChange, R> change,
          Function<SendReminder, R> reminder,
          Function<Defer, R> defer,
          Function<Skip, R> skip) {
        return skip.apply(this);
      }
    }
  }
}
