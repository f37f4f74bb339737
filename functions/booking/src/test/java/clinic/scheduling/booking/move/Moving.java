package clinic.scheduling.booking.move;

import clinic.scheduling.booking.meeting.MeetingCheck;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Moves visits under another practice document than that of the function. */
@Singleton
public class Moving {
  private final VisitAuthorization authorization;
  private final SignedTokens tokens;
  private final Clinicians clinicians;
  private final MeetingCheck meetings;
  private final BookingJournal journal;
  private final Idempotency idempotency;
  private final CallLimits limits;
  private final MoveVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;
  private final IdentifierSystem system;
  private final Clock clock;

  Moving(
      VisitAuthorization authorization,
      SignedTokens tokens,
      Clinicians clinicians,
      MeetingCheck meetings,
      BookingJournal journal,
      Idempotency idempotency,
      CallLimits limits,
      MoveVisit visit,
      AppointmentAnswer answer,
      NearestTimes nearest,
      IdentifierSystem system,
      Clock clock) {
    this.authorization = authorization;
    this.tokens = tokens;
    this.clinicians = clinicians;
    this.meetings = meetings;
    this.journal = journal;
    this.idempotency = idempotency;
    this.limits = limits;
    this.visit = visit;
    this.answer = answer;
    this.nearest = nearest;
    this.system = system;
    this.clock = clock;
  }

  public RescheduleAppointment under(Practice practice) {
    return new RescheduleAppointment(
        authorization,
        new MoveRules(practice, tokens, clinicians, meetings, journal, clock, system),
        idempotency,
        limits,
        visit,
        answer,
        nearest);
  }
}
