package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.BookingRequest.Booker;
import clinic.scheduling.booking.request.HoldLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.VerificationLimits;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.booking.visit.RequestedTime;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.VerificationMessage;
import clinic.scheduling.core.verification.ContactPoint;
import clinic.scheduling.core.verification.ContactPoint.Medium;
import clinic.scheduling.core.verification.Verification;
import clinic.scheduling.core.verification.Verifications;
import clinic.scheduling.core.visit.BookingJournal;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Begins a booking whose caller has to prove that a contact point is theirs
 * (docs/decisions/0059-a-contact-point-is-proved.md). The steps are:
 *
 * <ol>
 *   <li>check that the time can be booked; nothing about the patient is asked of Canvas;
 *   <li>count the code towards the limits;
 *   <li>hold the time until the verification has ended, and for as long as a booking may take;
 *   <li>keep the request, sealed;
 *   <li>request the code.
 * </ol>
 *
 * <p>The id of the verification is noted first. So a repeat after a crash finds what was done, and
 * no second code is sent: SendMessage sends the code of one id and number once.
 */
@Singleton
class StartVerification {
  private static final Log LOG = Log.of(StartVerification.class);

  private final Practice practice;
  private final Idempotency idempotency;
  private final BookingJournal journal;
  private final Verifications verifications;
  private final VerificationLimits limits;
  private final HoldLimits holdLimits;
  private final Clinicians clinicians;
  private final TimeHolds holds;
  private final Queue<VerificationMessage> messages;
  private final RunBooking run;
  private final VerificationAnswer answer;
  private final Clock clock;

  StartVerification(
      Practice practice,
      Idempotency idempotency,
      BookingJournal journal,
      Verifications verifications,
      VerificationLimits limits,
      HoldLimits holdLimits,
      Clinicians clinicians,
      TimeHolds holds,
      Queue<VerificationMessage> messages,
      RunBooking run,
      VerificationAnswer answer,
      Clock clock) {
    this.practice = practice;
    this.idempotency = idempotency;
    this.journal = journal;
    this.verifications = verifications;
    this.limits = limits;
    this.holdLimits = holdLimits;
    this.clinicians = clinicians;
    this.holds = holds;
    this.messages = messages;
    this.run = run;
    this.answer = answer;
    this.clock = clock;
  }

  /**
   * Answers 202, or says why the time cannot be booked. A repeat with the same {@code
   * Idempotency-Key} gets the same verification and no further code.
   *
   * @param command the booking under the {@code Idempotency-Key}; it is not carried out
   * @param json the body of the request
   * @param address the network address of the caller
   * @throws ProblemException 429 if a limit is reached
   */
  APIGatewayV2HTTPResponse answer(BookingCommand command, JsonNode json, String address) {
    Start start =
        idempotency
            .ofVerification(command.bookingId(), json)
            .once(Start::parse, mayHaveActed -> start(command, json, address));
    return start.refused().isPresent()
        ? run.answerRejected(command, new Rejected(start.refused().get()))
        : answer.begun(verifications.find(start.id()));
  }

  /**
   * The outcome of the request: a verification, or the reason why there is none.
   *
   * @param id the id of the verification; empty if the request is refused
   */
  private record Start(String id, Optional<ProblemType> refused) implements Idempotency.Result {
    private static final String VERIFICATION = "verification ";

    static Start of(String id) {
      return new Start(id, Optional.empty());
    }

    static Start refused(ProblemType why) {
      return new Start("", Optional.of(why));
    }

    static Start parse(String text) {
      return text.startsWith(VERIFICATION)
          ? of(text.substring(VERIFICATION.length()))
          : refused(ProblemType.valueOf(text));
    }

    @Override
    public String text() {
      return refused.map(Enum::name).orElseGet(() -> VERIFICATION + id);
    }

    @Override
    public boolean mayHaveChanged() {
      return false;
    }
  }

  private Start start(BookingCommand command, JsonNode json, String address) {
    String id = journal.noteVerification(command.bookingId(), verifications.newId());
    LOG.put("correlation", Verification.bookingId(id));
    if (verifications.find(id).isEmpty()) {
      Optional<ProblemType> obstacle = begin(id, command, json, address);
      if (obstacle.isPresent()) {
        return Start.refused(obstacle.get());
      }
    }
    messages.send(VerificationMessage.of(id, 1));
    LOG.info("verification-begun");
    return Start.of(id);
  }

  /** Holds the time and keeps the request. Returns why the time cannot be booked, if it cannot. */
  private Optional<ProblemType> begin(
      String id, BookingCommand command, JsonNode json, String address) {
    RequestedTime time = timeFor(id, command);
    if (command.offered().isNoLongerBookable(clock.instant()) && !holds.isHeldByCaller(time)) {
      return Optional.of(ProblemType.SLOT_EXPIRED);
    }
    if (!clinicians.isLicensed(command.offered(), command.request().patient().state())) {
      return Optional.of(ProblemType.NOT_LICENSED);
    }
    List<Interval> free = clinicians.freeTimes(command.offered());
    if (!free.contains(command.offered().slot().time())) {
      return Optional.of(ProblemType.SLOT_TAKEN);
    }
    ContactPoint contact = contactOf(command.request());
    limits.countBeginning(address);
    limits.countCode(contact);
    if (!isHeldOrFree(time, command, free)) {
      return Optional.of(ProblemType.SLOT_TAKEN);
    }
    verifications.begin(id, contact, command.request().patient().language(), json.toString());
    return Optional.empty();
  }

  /**
   * Holds the time. Verifications cost their caller nothing, so their holds keep to the limits of
   * forms. Beyond these the verification goes on without a hold, and the booking finds out whether
   * the time is still free.
   *
   * @return false if somebody else holds a part of the time
   */
  private boolean isHeldOrFree(RequestedTime time, BookingCommand command, List<Interval> free) {
    Instant now = clock.instant();
    Instant start = command.offered().slot().start();
    Instant wanted =
        now.plus(Verifications.LENGTH).plus(Duration.ofSeconds(practice.holds().bookingSeconds()));
    Instant until = wanted.isBefore(start) ? wanted : start;
    Hold hold = Hold.ofForm(time.owner(), time.time(), until, until);
    try {
      if (!holds.isHeldByCaller(time)) {
        holdLimits.countTime(command.offered());
      }
      return holds
          .takeBefore(
              time.holders(),
              time.practitioner(),
              hold,
              others -> holdLimits.requireFairShare(command.offered(), free, others))
          .isPresent();
    } catch (ProblemException e) {
      LOG.info("verification-without-hold");
      return !holds.isHeldByOthers(time);
    }
  }

  private static RequestedTime timeFor(String id, BookingCommand command) {
    return new RequestedTime(
        Verification.holder(id),
        command.offered().slot().practitioner(),
        command.offered().withBuffers(),
        command.holders());
  }

  /**
   * The contact point to prove: that of the person who books. It is the e-mail address, unless the
   * practice sends text messages only.
   */
  private ContactPoint contactOf(BookingRequest request) {
    Messages settings = practice.messages();
    Optional<Phi<String>> email =
        request.booker().map(Booker::email).or(() -> request.patient().email());
    Optional<Phi<String>> phone =
        request.booker().map(Booker::phone).or(() -> request.patient().phone());
    Optional<Phi<String>> number =
        phone.filter(
            typed -> PhoneNumber.exactly(typed.value()).filter(settings::canBeTexted).isPresent());
    boolean textsOnly = settings.channels().equals(List.of(Medium.SMS.word()));
    return email
        .filter(address -> number.isEmpty() || !textsOnly)
        .map(address -> new ContactPoint(Medium.EMAIL, address))
        .or(() -> number.map(it -> new ContactPoint(Medium.SMS, it)))
        .orElseThrow(); // a request without an address is not valid
  }
}
