package clinic.scheduling.booking;

import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ShortLinks;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.inject.Singleton;

/**
 * {@code GET /m/{code}}: redirects the short link of a text message to the page of its visit
 * (docs/decisions/0017-a-short-link-for-text-messages.md). Anything that a messenger has appended
 * to the link is ignored.
 *
 * <p>Phones open links by themselves, for example for a preview, so following a link does not
 * change the visit. Whoever has the code can open the visit, so we never log the code. Malformed,
 * unknown and expired codes get the same answer. Each call counts towards the rate limit for
 * reading and changing visits, so that nobody can try many codes.
 */
@Singleton
class FollowLink {
  private final ShortLinks links;
  private final CallLimits limits;
  private final Practice practice;

  FollowLink(ShortLinks links, CallLimits limits, Practice practice) {
    this.links = links;
    this.limits = limits;
    this.practice = practice;
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    limits.countManaging(request.address());
    String target = links.target(request.followedPathParameter("code")).orElseThrow(this::notFound);
    APIGatewayV2HTTPResponse found = Responses.with(Responses.empty(302), "Location", target);
    return Responses.with(found, "Referrer-Policy", "no-referrer");
  }

  private ProblemException notFound() {
    return Problem.of(
            ProblemType.NOT_FOUND,
            "This link is not good, or no longer. Please call the clinic at "
                + practice.phone()
                + ".")
        .asException();
  }
}
