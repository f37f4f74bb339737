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
 * <p>We send the newest change only, and only if Canvas shows exactly the state that the fan-out
 * recorded with it. A read may be stale or may not show the visit at all. Sending would state an
 * old time, and skipping would leave the patient without a message. So the request is redelivered
 * until Canvas shows that state.
 *
 * <p>No request waits for ever. If the visit has really changed, the fan-out records the new state
 * and requests a new message, which supersedes this one. If Canvas keeps showing another state and
 * the fan-out never hears of it, the request ends as a dead letter.
 */
@Singleton
final class DecideMessage {
  private static final String CANCELLATION = "cancellation#";

  /** The stored answer of a cancellation that we made, or that we may have made. */
  private static final Set<String> OUTCOMES_OF_OUR_CANCELLATION = Set.of("cancelled", "");

  /** The longest time between the patient's request and the change. */
  private static final Duration MAX_DISTANCE = Duration.ofHours(1);

  /**
   * We look at 10,000 cancellation requests of one visit at most. Limits keep a patient from making
   * so many. Beyond that number, the message says that the visit is cancelled, but not by whom.
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

  /** Whether a patient would see no difference from what was recorded. */
  private boolean isAsRecorded(VisitThread thread, ChangeRecord recorded) {
    return PatientFingerprint.of(thread.current())
        .filter(
            now ->
                PatientFingerprint.change(Optional.of(recorded.fingerprint()), now, practice)
                    .isEmpty())
        .isPresent();
  }

  /**
   * What the patient knows if no message has told them anything. If booking withdrew the
   * appointment because somebody else took the time, the visit was never promised, so the patient
   * knows of none and needs no message about the cancellation.
   */
  private Optional<String> assumed(VisitThread thread, ChangeRecord recorded) {
    boolean isOff = recorded.fingerprint().equals(PatientFingerprint.GONE);
    return isOff && visits.isWithdrawn(thread)
        ? Optional.of(PatientFingerprint.GONE)
        : recorded.assumed();
  }

  /**
   * Canvas does not say who cancelled a visit. If the patient cancelled through us, the row of
   * their request ({@code cancellation#<key>}) exists and was answered at about the time of the
   * change. A request that found the visit already cancelled, or that we refused, does not count.
   */
  private boolean isByPatient(String root, ChangeRecord recorded) {
    return recorded.change() == Change.CANCELLED
        // Requests used to be stored with the visit; we keep those rows for 400 days.
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
    // The booking exists twice, and the patient knows the other appointment.
    if (duplicates.recordedOriginal(thread, canvas).isPresent()) {
      return new MessageDecision.Skip("twice-booked");
    }
    return planReminder(request, step.get(), visits.state(request, thread), last);
  }

  /**
   * Decides again at the moment of sending, because the visit may have been confirmed or cancelled
   * since the reminder was requested.
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

  /** Whether a request still leads to a message. */
  sealed interface MessageDecision {

    /** Calls the function of this case and returns its result. */
    <R> R fold(
        Function<SendChange, R> change,
        Function<SendReminder, R> reminder,
        Function<Defer, R> defer,
        Function<Skip, R> skip);

    /** Something to send, on whichever channels reach the patient. */
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
     * Send the newest change.
     *
     * @param byPatient whether the change is a cancellation by the patient
     * @param assumed the fingerprint of the state that the patient knows without any message
     */
    record SendChange(
        MessageRequest request, VisitState visit, boolean byPatient, Optional<String> assumed)
        implements Send {
      @Override
      public <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder) {
        return change.apply(this);
      }
    }

    /** Send a reminder on the channel of its step. */
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
     * @param why a fixed word
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
