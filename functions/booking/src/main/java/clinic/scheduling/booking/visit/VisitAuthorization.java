package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.visit.ManageLink;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may read or change which visit. If the token is missing, forged, expired or revoked,
 * the answer is 401, whether or not the visit exists. If the token is valid for another visit, the
 * answer is 404, as for a visit that does not exist.
 */
@Singleton
public class VisitAuthorization {
  private static final Log LOG = Log.of(VisitAuthorization.class);

  private final Canvas canvas;
  private final CallLimits limits;
  private final ManageLink links;
  private final Clock clock;
  private final String system;

  public VisitAuthorization(
      Canvas canvas, CallLimits limits, ManageLink links, Clock clock, IdentifierSystem system) {
    this.canvas = canvas;
    this.limits = limits;
    this.links = links;
    this.clock = clock;
    this.system = system.uri();
  }

  /** The visit that the path names. The request has to contain the manage token of that visit. */
  public VisitThread authorizeManage(Request request) {
    request.allowQuery(Set.of());
    limits.countManaging(request.address());
    return thread(request, request.bearer().flatMap(links::managed));
  }

  /**
   * The visit that the path names. The request has to contain the invite token or the manage token
   * of that visit.
   */
  public VisitThread authorizeInvite(Request request) {
    limits.countManaging(request.address());
    Optional<String> invited = request.followedParameter("token").flatMap(links::invited);
    return thread(request, invited.or(() -> request.bearer().flatMap(links::managed)));
  }

  private VisitThread thread(Request request, Optional<String> provenId) {
    String id = provenId.orElseThrow(VisitAuthorization::unauthorized);
    if (!id.equals(request.pathParameter("id"))) {
      throw notFound();
    }
    VisitThread thread = Visits.find(id, canvas).orElseThrow(VisitAuthorization::notFound);
    LOG.put("correlation", thread.bookingId(system).orElse(id));
    LOG.put("appointment", id);
    if (links.hasExpired(Visits.timeOf(thread).end(), clock.instant())) {
      throw unauthorized();
    }
    return thread;
  }

  private static ProblemException unauthorized() {
    return Problem.of(
            ProblemType.UNAUTHORIZED,
            "Send the manage token of this visit as Authorization: Bearer.")
        .asException();
  }

  private static ProblemException notFound() {
    return Problem.of(ProblemType.NOT_FOUND, "There is no such visit for this token.")
        .asException();
  }
}
