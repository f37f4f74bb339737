package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.events.EventsRequestBuilder;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Outlook through Microsoft Graph v1.0. Immutable ids throughout; the SDK's own retries, which
 * sleep in the process, are left out. An entry is stamped with an extended property by which it is
 * found again, since Graph does not say how long it remembers a {@code transactionId}.
 */
@Singleton
final class OutlookCalendar implements Calendar {
  private static final String PREFER = "Prefer";
  private static final String IMMUTABLE = "IdType=\"ImmutableId\"";
  private static final int UNAUTHORIZED = 401;
  private static final int CONFLICT = 409;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration CALL = Duration.ofSeconds(4);

  private final GraphServiceClient graph;
  private final GraphTokens tokens;

  OutlookCalendar(@ConfigProperty(name = "GRAPH_URL") String url, GraphTokens tokens) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(CALL)
            .callTimeout(CALL)
            .addInterceptor(new ForeignErrors())
            .build();
    BaseBearerTokenAuthenticationProvider bearer =
        new BaseBearerTokenAuthenticationProvider(tokens);
    this.graph = new GraphServiceClient(new BaseGraphRequestAdapter(bearer, url, http));
    this.tokens = tokens;
  }

  @Override
  public Provider provider() {
    return Provider.OUTLOOK;
  }

  @Override
  public CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry) {
    return call(
        () -> {
          try {
            return checked(mailbox, post(mailbox, name, entry), entry);
          } catch (ApiException e) {
            if (e.getResponseStatusCode() != CONFLICT) {
              throw e;
            }
            return adopt(mailbox, name, entry);
          }
        });
  }

  @Override
  public CalendarOutcome update(String mailbox, String externalId, CalendarEntry entry) {
    return call(
        () -> {
          events(mailbox)
              .byEventId(externalId)
              .patch(OutlookModels.change(entry), with -> with.headers.add(PREFER, IMMUTABLE));
          return new CalendarOutcome.Standing(externalId);
        });
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return call(() -> first(search(mailbox, name)));
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId) {
    return call(
        () -> {
          events(mailbox).byEventId(externalId).delete(with -> with.headers.add(PREFER, IMMUTABLE));
          return new CalendarOutcome.Gone();
        });
  }

  private @Nullable Event post(String mailbox, EntryName name, CalendarEntry entry) {
    return events(mailbox)
        .post(
            OutlookModels.named(name, entry),
            with -> {
              with.headers.add(PREFER, IMMUTABLE);
              with.headers.add(PREFER, "outlook.timezone=\"" + OutlookModels.ZONE + "\"");
            });
  }

  /** A repeated create may be answered with the event as it was made the first time. */
  private CalendarOutcome checked(String mailbox, @Nullable Event made, CalendarEntry entry) {
    @Nullable String id = made == null ? null : made.getId();
    if (made == null || id == null) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
    return OutlookModels.says(made, entry)
        ? new CalendarOutcome.Standing(id)
        : update(mailbox, id, entry);
  }

  private CalendarOutcome adopt(String mailbox, EntryName name, CalendarEntry entry) {
    CalendarOutcome found = find(mailbox, name);
    return found instanceof CalendarOutcome.Standing standing
        ? update(mailbox, standing.externalId(), entry)
        : found;
  }

  private @Nullable EventCollectionResponse search(String mailbox, EntryName name) {
    return events(mailbox)
        .get(
            with -> {
              with.headers.add(PREFER, IMMUTABLE);
              with.queryParameters.filter = OutlookModels.filter(name);
              with.queryParameters.select = new String[] {"id"};
              with.queryParameters.top = 1;
            });
  }

  private static CalendarOutcome first(@Nullable EventCollectionResponse page) {
    @Nullable List<Event> events = page == null ? null : page.getValue();
    return Stream.ofNullable(events)
        .flatMap(List::stream)
        .flatMap(event -> Stream.ofNullable(event.getId()))
        .findFirst()
        .<CalendarOutcome>map(CalendarOutcome.Standing::new)
        .orElse(new CalendarOutcome.Gone());
  }

  private EventsRequestBuilder events(String mailbox) {
    return graph.users().byUserId(mailbox).events();
  }

  private CalendarOutcome call(Supplier<CalendarOutcome> request) {
    try {
      return onceMoreWithANewToken(request);
    } catch (ApiException e) {
      return OutlookErrors.outcome(e);
    } catch (UnavailableException e) {
      return new CalendarOutcome.TryLater(e.retryAfter());
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException) {
        return new CalendarOutcome.Unknown(RetryAfter.USUAL);
      }
      throw e;
    }
  }

  private CalendarOutcome onceMoreWithANewToken(Supplier<CalendarOutcome> request) {
    try {
      return request.get();
    } catch (ApiException e) {
      if (e.getResponseStatusCode() != UNAUTHORIZED) {
        throw e;
      }
      tokens.refused();
      return request.get();
    }
  }
}
