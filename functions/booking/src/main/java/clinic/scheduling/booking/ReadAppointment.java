package clinic.scheduling.booking;

import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.invite.Invite;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.wiring.Settings;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Reads a visit, and never changes it. {@code GET /appointments/{id}} returns the visit as JSON,
 * {@code GET /appointments/{id}/invite.ics} as an iCalendar object (RFC 5545).
 */
@Singleton
class ReadAppointment {
  private final VisitAuthorization authorization;
  private final AppointmentAnswer answer;
  private final Practice practice;
  private final ChangeLog changes;
  private final Clock clock;
  private final String host;

  ReadAppointment(
      VisitAuthorization authorization,
      AppointmentAnswer answer,
      Practice practice,
      ChangeLog changes,
      Clock clock,
      Settings.PublicApi api) {
    this.authorization = authorization;
    this.answer = answer;
    this.practice = practice;
    this.changes = changes;
    this.clock = clock;
    this.host = api.url().getHost();
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    return answer.current(authorization.authorizeManage(request));
  }

  APIGatewayV2HTTPResponse invite(Request request) {
    return Responses.text(
        200, "text/calendar; charset=utf-8", invite(authorization.authorizeInvite(request)).text());
  }

  private Invite invite(VisitThread thread) {
    Interval time = Visits.timeOf(thread);
    boolean stands = Visits.statusOf(thread).occupiesTime();
    Optional<Location> place = thread.current().location().flatMap(practice::locationByCanvasId);
    int sequence = changes.read(thread.rootId()).map(told -> sequence(told, thread)).orElse(0);
    return new Invite(
        stands ? Invite.Method.PUBLISH : Invite.Method.CANCEL,
        Invite.uidOf(thread.rootId()),
        sequence,
        clock.instant(),
        time.start(),
        time.end(),
        practice.name(),
        "Questions: " + practice.phone(),
        place.map(ReadAppointment::where).orElse(""),
        practice.name(),
        practice.messages().from().orElse("appointments@" + host),
        Optional.empty());
  }

  /**
   * The {@code SEQUENCE} number of the invite: the recorded number, or one more if the visit has
   * changed since it was recorded. So calendars accept the new version even if no message has told
   * the patient about the change yet.
   */
  private int sequence(ChangeLog.ChangeRecord told, VisitThread thread) {
    boolean isTold =
        PatientFingerprint.of(thread.current())
            .filter(
                view ->
                    PatientFingerprint.change(Optional.of(told.fingerprint()), view, practice)
                        .isEmpty())
            .isPresent();
    return isTold ? told.sequence() : told.sequence() + 1;
  }

  private static String where(Location place) {
    return place.name() + place.address().map(address -> ", " + address.oneLine()).orElse("");
  }
}
