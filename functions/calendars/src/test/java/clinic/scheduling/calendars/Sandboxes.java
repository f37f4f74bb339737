package clinic.scheduling.calendars;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Sandbox;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Reads the stand-ins' calendars, and changes them as people do. */
public final class Sandboxes {
  private final Sandbox sandbox;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  public Sandboxes(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Checks that each request and answer so far conforms to the API descriptions of Graph and
   * Google.
   */
  public void assertThatDescriptionsHold() {
    assertThat(sandbox.graph().watch().broken()).isEmpty();
    assertThat(sandbox.google().watch().broken()).isEmpty();
  }

  public List<JsonNode> outlook(String mailbox) {
    return events("/graph-control/state", "mailboxes", mailbox);
  }

  /** The events of a Google calendar, without the deleted ones. */
  public List<JsonNode> google(String mailbox) {
    return events("/google-control/state", "calendars", mailbox).stream()
        .filter(event -> !event.path("status").asText().equals("cancelled"))
        .toList();
  }

  /** What can still be read of deleted events, in all mailboxes. */
  public List<JsonNode> inBins() {
    List<JsonNode> bins = new ArrayList<>();
    state("/graph-control/state").path("deletedItems").forEach(bins::add);
    for (JsonNode calendar : state("/google-control/state").path("calendars")) {
      for (JsonNode event : calendar.path("events")) {
        if (event.path("status").asText().equals("cancelled")) {
          bins.add(event);
        }
      }
    }
    return bins;
  }

  public void deleteInOutlook(String mailbox, String id) {
    send("DELETE", "/graph-control/mailboxes/" + mailbox + "/events/" + id);
  }

  public void deleteInGoogle(String mailbox, String id) {
    send("DELETE", "/google-control/calendars/" + mailbox + "/events/" + id);
  }

  /** Somebody changes an event in Outlook. */
  public void changeInOutlook(String mailbox, String id, String json) {
    send("PATCH", "/graph-control/mailboxes/" + mailbox + "/events/" + id, json);
  }

  /** Somebody changes an event in Google. */
  public void changeInGoogle(String mailbox, String id, String json) {
    send("PATCH", "/google-control/calendars/" + mailbox + "/events/" + id, json);
  }

  /** Somebody drags an event into another calendar of the mailbox, or back. */
  public void moveInOutlook(String mailbox, String id, String to) {
    String path = "/graph-control/mailboxes/" + mailbox + "/events/" + id + "/move";
    send("POST", path, "{\"to\":\"" + to + "\"}");
  }

  /** Makes Outlook behave as it does in some tenants. This lasts until the reset. */
  public void setOutlook(String json) {
    send("POST", "/graph-control/settings", json);
  }

  /** The events in other calendars of the mailbox. */
  public List<JsonNode> inOtherCalendars(String mailbox) {
    return events("/graph-control/state", "mailboxes", mailbox, "otherCalendar");
  }

  /** Somebody creates an event of their own in Outlook. Returns its id. */
  public String makeInOutlook(String mailbox, String json) {
    return idOf(send("POST", "/graph-control/mailboxes/" + mailbox + "/events", json));
  }

  /** Somebody creates an event of their own in Google. Returns its id. */
  public String makeInGoogle(String mailbox, String json) {
    return idOf(send("POST", "/google-control/calendars/" + mailbox + "/events", json));
  }

  /** Makes Outlook's delta queries behave as Graph leaves open. This lasts until the reset. */
  public void setDelta(String json) {
    send("POST", "/graph-control/delta", json);
  }

  /** Outlook forgets where all delta queries were. */
  public void killDeltaLinks(String code) {
    send("POST", "/graph-control/delta/kill", "{\"code\":\"" + code + "\"}");
  }

  /** Google forgets all sync tokens. */
  public void killSyncTokens() {
    send("POST", "/google-control/kill-sync-tokens");
  }

  /** Makes Google's sync rounds behave as it leaves open. This lasts until the reset. */
  public void setSyncRounds(String json) {
    send("POST", "/google-control/sync", json);
  }

  /** Somebody does something with an event in Google, such as {@code copy} or {@code respond}. */
  public void actInGoogle(String mailbox, String id, String action, String json) {
    send("POST", "/google-control/calendars/" + mailbox + "/events/" + id + "/" + action, json);
  }

  public void revokeTokens() {
    send("POST", "/graph-control/revoke-tokens");
    send("POST", "/google-control/revoke-tokens");
  }

  private List<JsonNode> events(String state, String member, String mailbox) {
    return events(state, member, mailbox, "events");
  }

  private List<JsonNode> events(String state, String member, String mailbox, String list) {
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode one : state(state).path(member)) {
      if (one.path("address").asText().equals(mailbox)) {
        one.path(list).forEach(events::add);
      }
    }
    return events;
  }

  private JsonNode state(String path) {
    return parse(send("GET", path));
  }

  private String idOf(String event) {
    return parse(event).path("id").asText();
  }

  private JsonNode parse(String json) {
    try {
      return mapper.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String send(String method, String path) {
    return send(method, path, "");
  }

  private String send(String method, String path, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + " answers " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
