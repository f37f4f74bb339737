package clinic.scheduling.testing;

import clinic.scheduling.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** What people do in their calendars, and what happens to our access to these. */
public final class MeetingsByHand {
  private final Sandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  public MeetingsByHand(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Somebody makes an event in Outlook; {@code more} are further members of it, or nothing. */
  public void inOutlook(String mailbox, Instant start, Instant end, String more) {
    inOutlook(mailbox, "\"start\":%s,\"end\":%s".formatted(utc(start), utc(end)) + and(more));
  }

  /** Somebody makes an event in Outlook with these members. */
  public void inOutlook(String mailbox, String members) {
    send("/graph-control/mailboxes/" + mailbox + "/events", "{" + members + "}");
  }

  /** Somebody makes an event in Google; {@code more} are further members of it, or nothing. */
  public void inGoogle(String mailbox, Instant start, Instant end, String more) {
    String times = "\"start\":{\"dateTime\":\"%s\"},\"end\":{\"dateTime\":\"%s\"}";
    inGoogle(mailbox, times.formatted(start, end) + and(more));
  }

  /** Somebody makes an event in Google with these members. */
  public void inGoogle(String mailbox, String members) {
    send("/google-control/calendars/" + mailbox + "/events", "{" + members + "}");
  }

  /** All access tokens for both calendars are refused from now on. */
  public void revokeTokens() {
    send("/graph-control/revoke-tokens", "");
    send("/google-control/revoke-tokens", "");
  }

  private static String utc(Instant instant) {
    return "{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"}"
        .formatted(instant.toString().replace("Z", ""));
  }

  private static String and(String more) {
    return more.isEmpty() ? "" : "," + more;
  }

  private void send(String path, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + path))
            .POST(BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(path + " answers " + answer.statusCode() + answer.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
