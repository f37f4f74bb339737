package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.calendaraccess.meeting.CurrentMeetings;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The meetings in the primary calendar of a Google user. We ask {@code events.list} and not {@code
 * freeBusy}, which joins our own entry and a meeting beside it into one busy time
 * (docs/decisions/0050-a-booking-asks-the-calendars.md).
 */
@Singleton
public final class GoogleMeetings implements CurrentMeetings {
  private final GoogleListApi api;
  private final GoogleTokens tokens;
  private final Clock clock;

  GoogleMeetings(@RestClient GoogleListApi api, GoogleTokens tokens, Clock clock) {
    this.api = api;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Result at(String mailbox, Interval time) {
    Interval window = time.widened(MARGIN, MARGIN);
    try {
      GoogleList list =
          retryingWithNewToken(tokens.of(mailbox), bearer -> list(bearer, mailbox, window));
      return list.isWhole() ? new Read(list.meetings()) : Unreadable.because(Why.TOO_MANY);
    } catch (WebApplicationException e) {
      return refused(e.getResponse());
    } catch (TokenRefusedException e) {
      return Unreadable.because(e.isDenied() ? Why.DENIED : Why.NO_SUCH_MAILBOX);
    } catch (UnavailableException | ProcessingException | DateTimeException e) {
      return Unreadable.because(Why.FAILED);
    }
  }

  private GoogleList list(String bearer, String mailbox, Interval window) {
    return api.list(
        bearer,
        mailbox,
        window.start().toString(),
        window.end().toString(),
        true,
        1,
        MOST,
        GoogleList.FIELDS);
  }

  /**
   * A token may be revoked before it expires, so after a 401 we request a new one and retry once.
   */
  private static GoogleList retryingWithNewToken(
      AccessTokens tokens, Function<String, GoogleList> request) {
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

  private Result refused(Response response) {
    GoogleRefusal refusal = GoogleRefusal.of(response);
    return refusal
        .pause(clock.instant())
        .<Result>map(Unreadable::throttled)
        .orElseGet(
            () ->
                switch (refusal.status()) {
                  case 403 -> Unreadable.because(Why.DENIED);
                  case 404 -> Unreadable.because(Why.NO_SUCH_MAILBOX);
                  default -> Unreadable.because(Why.FAILED);
                });
  }
}
