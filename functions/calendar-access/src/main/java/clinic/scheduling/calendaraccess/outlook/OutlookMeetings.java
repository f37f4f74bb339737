package clinic.scheduling.calendaraccess.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The meetings in the default calendar of an Outlook mailbox. We ask {@code calendarView} and not
 * {@code getSchedule}: only the view shows our stamp, the answer to an invitation and the whole
 * length of a meeting (docs/decisions/0050-a-booking-asks-the-calendars.md).
 */
@Singleton
public final class OutlookMeetings implements CurrentMeetings {
  private static final String PREFER =
      "IdType=\"ImmutableId\", outlook.timezone=\"" + GraphView.ZONE + "\"";

  private final GraphViewApi api;
  private final GraphTokens tokens;
  private final Clock clock;

  OutlookMeetings(@RestClient GraphViewApi api, GraphTokens tokens, Clock clock) {
    this.api = api;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Result at(String mailbox, Interval time) {
    Interval window = time.widened(MARGIN, MARGIN);
    try {
      GraphView view = retryingWithNewToken(bearer -> view(bearer, mailbox, window));
      return view.isWhole() ? new Read(view.meetings()) : Unreadable.because(Why.TOO_MANY);
    } catch (WebApplicationException e) {
      return refused(e.getResponse());
    } catch (UnavailableException | ProcessingException | DateTimeException e) {
      return Unreadable.because(Why.FAILED);
    }
  }

  private GraphView view(String bearer, String mailbox, Interval window) {
    return api.view(
        bearer,
        PREFER,
        mailbox,
        window.start().toString(),
        window.end().toString(),
        GraphView.SELECT,
        EntryStamp.OUTLOOK_EXPAND,
        MOST);
  }

  /**
   * A token may be revoked before it expires, so after a 401 we request a new one and retry once.
   */
  private GraphView retryingWithNewToken(Function<String, GraphView> request) {
    Secret token = tokens.current();
    try {
      return request.apply("Bearer " + token.value());
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() != Response.Status.UNAUTHORIZED.getStatusCode()) {
        throw e;
      }
      tokens.invalidate(token);
      return request.apply("Bearer " + tokens.current().value());
    }
  }

  /** Only the status counts here: what Graph says besides does not change what we know. */
  private Result refused(Response response) {
    return switch (response.getStatus()) {
      case 403 -> Unreadable.because(Why.DENIED);
      case 404 -> Unreadable.because(Why.NO_SUCH_MAILBOX);
      case 429 ->
          Unreadable.throttled(
              RetryAfter.ofWaiting(response.getHeaderString("Retry-After"), clock.instant()));
      default -> Unreadable.because(Why.FAILED);
    };
  }
}
