package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleTokens;
import clinic.scheduling.calendaraccess.google.TokenRefusedException;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.util.function.Function;

/** Calls Google as the user of a mailbox, and turns every failure into an outcome. */
@Singleton
final class GoogleCalls {
  private static final int UNAUTHORIZED = 401;

  private final GoogleTokens tokens;
  private final Clock clock;

  GoogleCalls(GoogleTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * @param request takes the bearer token
   */
  CalendarOutcome outcomeOf(String mailbox, Function<String, CalendarOutcome> request) {
    return ask(mailbox, request, failure -> failure);
  }

  /**
   * @param request takes the bearer token
   * @param failed converts the outcome of a failed request to the result
   */
  <T> T ask(String mailbox, Function<String, T> request, Function<CalendarOutcome, T> failed) {
    try {
      return retryingWithNewToken(tokens.of(mailbox), request);
    } catch (WebApplicationException e) {
      return failed.apply(GoogleError.outcome(e.getResponse(), clock.instant()));
    } catch (TokenRefusedException e) {
      return failed.apply(
          e.isDenied()
              ? new CalendarOutcome.Denied(e.code())
              : new CalendarOutcome.Refused(e.code()));
    } catch (UnavailableException e) {
      return failed.apply(new CalendarOutcome.TryLater(e.retryAfter()));
    } catch (ProcessingException e) {
      return failed.apply(new CalendarOutcome.Unknown(RetryAfter.USUAL));
    }
  }

  /**
   * A token may be revoked before it expires, so after a 401 we request a new one and retry once.
   */
  private static <T> T retryingWithNewToken(AccessTokens tokens, Function<String, T> request) {
    Secret token = tokens.current();
    try {
      return request.apply("Bearer " + token.value());
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() != UNAUTHORIZED) {
        throw e;
      }
      tokens.invalidate(token);
      return request.apply("Bearer " + tokens.current().value());
    }
  }
}
