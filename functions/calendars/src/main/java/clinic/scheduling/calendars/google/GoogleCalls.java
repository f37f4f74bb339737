package clinic.scheduling.calendars.google;

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

/** Calls Google in the name of a mailbox; what goes wrong becomes an outcome. */
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
   * @param work is given the bearer token
   */
  CalendarOutcome change(String mailbox, Function<String, CalendarOutcome> work) {
    return ask(mailbox, work, failure -> failure);
  }

  /**
   * @param work is given the bearer token
   * @param failed what the answer is if the call does not succeed
   */
  <T> T ask(String mailbox, Function<String, T> work, Function<CalendarOutcome, T> failed) {
    try {
      return onceMoreWithANewToken(tokens.of(mailbox), work);
    } catch (WebApplicationException e) {
      return failed.apply(GoogleError.outcome(e.getResponse(), clock.instant()));
    } catch (MailboxRefusedException e) {
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

  private static <T> T onceMoreWithANewToken(AccessTokens tokens, Function<String, T> work) {
    Secret token = tokens.current();
    try {
      return work.apply("Bearer " + token.value());
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() != UNAUTHORIZED) {
        throw e;
      }
      tokens.refused(token);
      return work.apply("Bearer " + tokens.current().value());
    }
  }
}
