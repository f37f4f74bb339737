package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.graph.error.GraphException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a notification address, while a subscription is made, whether it wants the notices. */
final class Handshake {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http;

  Handshake(HttpClient http) {
    this.http = http;
  }

  /**
   * Refuses the address unless it answers 200 with the decoded token as text within ten seconds.
   *
   * @throws GraphException 400
   */
  void check(URI url) {
    String token =
        "Validation: Testing client application reachability for subscription Request-Id: "
            + UUID.randomUUID();
    HttpRequest request =
        HttpRequest.newBuilder(with(url, token))
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> answer =
          http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      String type = answer.headers().firstValue("Content-Type").orElse("");
      boolean text = type.toLowerCase(Locale.ROOT).matches("text/plain(\\s*;.*)?");
      if (answer.statusCode() != 200 || !text || !answer.body().equals(token)) {
        throw failed("must respond with 200 OK and the token as text/plain, not with ", answer);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw failed("did not respond in time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("could not be asked.");
    }
  }

  private static URI with(URI url, String token) {
    String parameter = "validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return URI.create(url + (url.getRawQuery() == null ? "?" : "&") + parameter);
  }

  private static GraphException failed(String what, HttpResponse<String> answer) {
    return failed(what + answer.statusCode() + ".");
  }

  private static GraphException failed(String what) {
    return new GraphException(
        400,
        "ValidationError",
        "Subscription validation request failed. Notification endpoint " + what);
  }
}
