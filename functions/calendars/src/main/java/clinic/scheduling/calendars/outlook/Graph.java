package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.keys.GraphKeys;
import clinic.scheduling.calendaraccess.outlook.GraphTokens;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.subscriptions.SubscriptionsRequestBuilder;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.RequestHeaders;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * Calls Microsoft Graph v1.0 through its SDK. The SDK's retries are not used, because they sleep in
 * the process ({@code docs/facts/outlook.md} 6). Every request asks for immutable ids, times in UTC
 * and plain texts.
 */
@Singleton
final class Graph {
  private static final String PREFER = "Prefer";
  private static final int UNAUTHORIZED = 401;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

  /** Graph calls our address before it answers, and waits ten seconds for that. */
  private static final Duration SUBSCRIPTION_TIMEOUT = Duration.ofSeconds(15);

  private final Optional<Clients> clients;
  private final GraphTokens tokens;
  private final Clock clock;

  Graph(GraphKeys keys, GraphTokens tokens, Clock clock) {
    this.clients = keys.url().map(url -> Clients.of(url, tokens));
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The clients of Graph, unless it is off. */
  private record Clients(URI url, GraphServiceClient usual, GraphServiceClient slow) {
    private static Clients of(URI url, GraphTokens tokens) {
      OkHttpClient http =
          new OkHttpClient.Builder()
              .connectTimeout(CONNECT_TIMEOUT)
              .readTimeout(CALL_TIMEOUT)
              .callTimeout(CALL_TIMEOUT)
              .addInterceptor(new ForeignErrors())
              .build();
      OkHttpClient slowHttp =
          http.newBuilder()
              .readTimeout(SUBSCRIPTION_TIMEOUT)
              .callTimeout(SUBSCRIPTION_TIMEOUT)
              .build();
      return new Clients(url, client(url, tokens, http), client(url, tokens, slowHttp));
    }

    private static GraphServiceClient client(URI url, GraphTokens tokens, OkHttpClient http) {
      BaseBearerTokenAuthenticationProvider bearer =
          new BaseBearerTokenAuthenticationProvider(new GraphBearer(tokens, url));
      return new GraphServiceClient(new BaseGraphRequestAdapter(bearer, url.toString(), http));
    }
  }

  UserItemRequestBuilder mailbox(String address) {
    return clients.orElseThrow().usual().users().byUserId(address);
  }

  /** Subscriptions, for calls that may take longer than others. */
  SubscriptionsRequestBuilder subscriptions() {
    return clients.orElseThrow().slow().subscriptions();
  }

  /** Whether a link leads to Graph. We never send our token anywhere else. */
  boolean isOwn(String link) {
    try {
      URI url = clients.orElseThrow().url();
      URI to = new URI(link);
      return url.getScheme().equalsIgnoreCase(to.getScheme())
          && url.getAuthority().equalsIgnoreCase(to.getAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A link that Graph returned. An answer with a link to elsewhere is no answer of Graph. */
  String own(String link) {
    if (!isOwn(link)) {
      throw new UncheckedIOException(new IOException("a link that does not lead to graph"));
    }
    return link;
  }

  /** The preference for the size of a page of a delta query. */
  static void preferPages(RequestHeaders headers, int size) {
    headers.add(PREFER, "odata.maxpagesize=" + size);
  }

  /** The preferences that every request sends. */
  static void prefer(RequestHeaders headers) {
    headers.add(PREFER, "IdType=\"ImmutableId\"");
    headers.add(PREFER, "outlook.timezone=\"" + OutlookModels.ZONE + "\"");
    headers.add(PREFER, "outlook.body-content-type=\"text\"");
  }

  /**
   * Sends a request, and returns its result.
   *
   * @param failed converts the outcome of a failed request to the result
   */
  <T> T ask(Supplier<T> request, Function<CalendarOutcome, T> failed) {
    try {
      return retryingWithNewToken(request);
    } catch (ApiException e) {
      return failed.apply(GraphError.outcome(e, clock.instant()));
    } catch (UnavailableException e) {
      return failed.apply(new CalendarOutcome.TryLater(e.retryAfter()));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException) {
        return failed.apply(new CalendarOutcome.Unknown(RetryAfter.USUAL));
      }
      throw e;
    }
  }

  /**
   * A token may be revoked before it expires, so after a 401 we request a new one and retry once.
   */
  private <T> T retryingWithNewToken(Supplier<T> request) {
    try {
      return request.get();
    } catch (ApiException e) {
      if (e.getResponseStatusCode() != UNAUTHORIZED) {
        throw e;
      }
      tokens.invalidate();
      return request.get();
    }
  }
}
