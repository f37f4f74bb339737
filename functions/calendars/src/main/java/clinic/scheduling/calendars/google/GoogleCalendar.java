package clinic.scheduling.calendars.google;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.token.AccessTokens;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Google Calendar v3. The id of an event is chosen here, so that a repeated insert answers 409; a
 * deleted event keeps its id for a while and reads as {@code cancelled}.
 */
@Singleton
final class GoogleCalendar implements Calendar {
  private static final String NOBODY = "none";
  private static final CalendarOutcome GONE = new CalendarOutcome.Gone();

  private final GoogleApi api;
  private final GoogleTokens tokens;

  GoogleCalendar(@RestClient GoogleApi api, GoogleTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  @Override
  public Provider provider() {
    return Provider.GOOGLE;
  }

  @Override
  public CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry) {
    GoogleEvent event = GoogleEvent.named(name, entry);
    CalendarOutcome made =
        call(mailbox, 409, bearer -> outcome(api.insert(bearer, mailbox, NOBODY, event)));
    return made instanceof CalendarOutcome.Gone ? adopt(mailbox, name, entry) : made;
  }

  @Override
  public CalendarOutcome update(String mailbox, String externalId, CalendarEntry entry) {
    GoogleEvent change = GoogleEvent.change(entry);
    return call(
        mailbox, 404, bearer -> outcome(api.patch(bearer, mailbox, externalId, NOBODY, change)));
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return call(mailbox, 404, bearer -> outcome(api.get(bearer, mailbox, name.googleId())));
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId) {
    return call(
        mailbox,
        404,
        bearer -> {
          api.delete(bearer, mailbox, externalId, NOBODY);
          return GONE;
        });
  }

  /** The id is in use: by an event of ours, or by one that somebody has deleted. */
  private CalendarOutcome adopt(String mailbox, EntryName name, CalendarEntry entry) {
    CalendarOutcome found = find(mailbox, name);
    return found instanceof CalendarOutcome.Standing standing
        ? update(mailbox, standing.externalId(), entry)
        : found;
  }

  private static CalendarOutcome outcome(GoogleEvent event) {
    return event.isDeleted()
        ? GONE
        : new CalendarOutcome.Standing(Objects.requireNonNullElse(event.id(), ""));
  }

  /**
   * @param goneStatus the status, besides 410, that says "not there" here
   */
  private CalendarOutcome call(
      String mailbox, int goneStatus, Function<String, CalendarOutcome> work) {
    AccessTokens ofMailbox = tokens.of(mailbox);
    try {
      Secret token = ofMailbox.current();
      try {
        return work.apply("Bearer " + token.value());
      } catch (WebApplicationException e) {
        if (e.getResponse().getStatus() != 401) {
          throw e;
        }
        ofMailbox.refused(token);
        return work.apply("Bearer " + ofMailbox.current().value());
      }
    } catch (WebApplicationException e) {
      int status = e.getResponse().getStatus();
      return status == goneStatus || status == 410 ? GONE : GoogleError.outcome(e.getResponse());
    } catch (MailboxRefusedException e) {
      return e.isDenied()
          ? new CalendarOutcome.Denied(e.code())
          : new CalendarOutcome.Refused(e.code());
    } catch (UnavailableException e) {
      return new CalendarOutcome.TryLater(e.retryAfter());
    } catch (ProcessingException e) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
  }
}
