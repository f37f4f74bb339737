package clinic.scheduling.simulation;

import clinic.scheduling.calendaraccess.google.GoogleTokens;
import clinic.scheduling.calendaraccess.google.SimulatedGoogleTokens;
import clinic.scheduling.calendaraccess.outlook.SimulatedGraphTokens;
import clinic.scheduling.calendars.google.SimulatedGoogle;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.outlook.SimulatedOutlook;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.Sandbox;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The clinicians' calendars with the meetings that people put into them: the sandboxes of Outlook
 * and Google, on virtual time. They are read by the real readers, over HTTP.
 */
final class MeetingCalendars implements AutoCloseable {
  static final List<String> MAILBOXES =
      List.of("ingrid.testwell@example.invalid", "omar.samplesson@example.invalid");

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Sandbox sandbox;
  private final GoogleTokens googleTokens;
  private final Map<Provider, MeetingSource> sources;

  MeetingCalendars(Timeline time) {
    Clock clock = new VirtualClock(time);
    try {
      sandbox = Sandbox.start(0, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    URI graph = sandbox.url().resolve("/graph/v1.0");
    googleTokens =
        SimulatedGoogleTokens.on(
            sandbox.google().serviceAccountJson(), form -> form("/google/token", form), clock);
    sources =
        Map.of(
            Provider.OUTLOOK,
            SimulatedOutlook.meetings(
                graph,
                SimulatedGraphTokens.on(
                    graph, form -> form("/graph/tenant/oauth2/v2.0/token", form), clock),
                clock),
            Provider.GOOGLE,
            SimulatedGoogle.meetings(this::google, googleTokens, clock));
  }

  /** The real reader of a provider's meetings. */
  MeetingSource source(Provider provider) {
    return sources.get(provider);
  }

  /**
   * Somebody does something in a calendar.
   *
   * @param path below the calendar's events: empty, or an id with or without an action
   * @return the answer; empty if the calendar refuses that
   */
  Optional<JsonNode> act(
      Provider provider, int clinician, String method, String path, String json) {
    String calendar =
        (provider == Provider.OUTLOOK ? "/graph-control/mailboxes/" : "/google-control/calendars/")
            + MAILBOXES.get(clinician)
            + "/events";
    HttpResponse<String> answer = send(method, calendar + path, json, "");
    if (answer.statusCode() >= 500) {
      throw new IllegalStateException(method + " " + path + " " + json + ": " + answer.body());
    }
    return answer.statusCode() < 300 ? Optional.of(parse(answer.body())) : Optional.empty();
  }

  /** The provider forgets where all readers of its calendars were. */
  void killCursors(Provider provider) {
    String path =
        provider == Provider.OUTLOOK
            ? "/graph-control/delta/kill"
            : "/google-control/kill-sync-tokens";
    send("POST", path, "{}", "");
  }

  /** The events as they are stored: a series is one event, and deleted ones are left out. */
  List<JsonNode> events(Provider provider, int clinician) {
    boolean outlook = provider == Provider.OUTLOOK;
    String path = outlook ? "/graph-control/state" : "/google-control/state";
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode one :
        parse(send("GET", path, "", "").body()).path(outlook ? "mailboxes" : "calendars")) {
      if (one.path("address").asText().equals(MAILBOXES.get(clinician))) {
        one.path("events").forEach(events::add);
      }
    }
    events.removeIf(event -> event.path("status").asText().equals("cancelled"));
    return events;
  }

  /** The occurrences of a series in Outlook. */
  List<JsonNode> occurrences(int clinician, String series, Instant from, Instant to) {
    List<JsonNode> all = new ArrayList<>();
    act(
            Provider.OUTLOOK,
            clinician,
            "GET",
            "/" + series + "/occurrences?from=" + from + "&to=" + to,
            "")
        .ifPresent(answer -> answer.path("value").forEach(all::add));
    return all;
  }

  /** All events and instances in Google that overlap the window. */
  List<JsonNode> instances(int clinician, Instant from, Instant to) {
    String mailbox = MAILBOXES.get(clinician);
    String bearer = "Bearer " + googleTokens.of(mailbox).current().value();
    SimulatedGoogle.Answer answer =
        google(
            "/calendars/"
                + mailbox
                + "/events?singleEvents=true&maxResults=2500&timeMin="
                + from
                + "&timeMax="
                + to,
            bearer);
    List<JsonNode> all = new ArrayList<>();
    parse(answer.body()).path("items").forEach(all::add);
    return all;
  }

  private SimulatedGoogle.Answer google(String path, String bearer) {
    HttpResponse<String> answer = send("GET", "/google/calendar/v3" + path, "", bearer);
    return new SimulatedGoogle.Answer(answer.statusCode(), answer.body());
  }

  private JsonNode form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.url().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return parse(answer(request).body());
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private HttpResponse<String> send(String method, String path, String json, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(json));
    if (!bearer.isEmpty()) {
      request.header("Authorization", bearer);
    }
    return answer(request.build());
  }

  private HttpResponse<String> answer(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode parse(String json) {
    try {
      return mapper.readTree(json.isEmpty() ? "{}" : json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }

  /** The time of the run. */
  private static final class VirtualClock extends Clock {
    private final Timeline time;

    VirtualClock(Timeline time) {
      this.time = time;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(time.now());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }
}
