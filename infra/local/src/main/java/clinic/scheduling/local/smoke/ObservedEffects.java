package clinic.scheduling.local.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** The effects that can be seen from outside: Canvas, both calendars and the outbox. */
final class ObservedEffects {
  private final URI sandbox;
  private final RetryingClient api;

  ObservedEffects(URI sandbox, RetryingClient api) {
    this.sandbox = sandbox;
    this.api = api;
  }

  /** How many Outlook events begin at that instant. */
  long outlook(Instant start) throws SmokeFailure, InterruptedException {
    return events("/graph-control/state", "mailboxes", start);
  }

  /** How many Google events begin at that instant and are not cancelled. */
  long google(Instant start) throws SmokeFailure, InterruptedException {
    return events("/google-control/state", "calendars", start);
  }

  /**
   * The subjects of the messages to an address, or the texts of messages without a subject; oldest
   * first.
   */
  List<String> messages(String to) throws SmokeFailure, InterruptedException {
    return get("/outbox")
        .path("messages")
        .valueStream()
        .filter(message -> message.path("to").asText().equals(to))
        .map(message -> message.path("subject").asText("") + message.path("text").asText(""))
        .toList();
  }

  /** How many appointments in Canvas that begin at that instant block time for a meeting. */
  long blocks(Instant start) throws SmokeFailure, InterruptedException {
    return get("/canvas-control/state")
        .path("appointments")
        .valueStream()
        .filter(one -> !one.path("status").asText().equals("cancelled"))
        .filter(
            one ->
                one.path("identifier")
                    .valueStream()
                    .anyMatch(name -> name.path("value").asText().startsWith("block-")))
        .filter(one -> OffsetDateTime.parse(one.path("start").asText()).toInstant().equals(start))
        .count();
  }

  private long events(String path, String list, Instant start)
      throws SmokeFailure, InterruptedException {
    return get(path)
        .path(list)
        .valueStream()
        .flatMap(calendar -> calendar.path("events").valueStream())
        .filter(event -> !event.path("status").asText("").equals("cancelled"))
        .filter(event -> !event.path("isCancelled").asBoolean(false))
        .filter(event -> begins(event.path("start"), start))
        .count();
  }

  private JsonNode get(String path) throws SmokeFailure, InterruptedException {
    return api.send(RetryingClient.to(sandbox, path).build(), "The sandbox does not answer.")
        .body();
  }

  private static boolean begins(JsonNode start, Instant instant) {
    String text = start.path("dateTime").asText("");
    try {
      boolean offset = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
      return offset
          ? OffsetDateTime.parse(text).toInstant().equals(instant)
          : LocalDateTime.parse(text)
              .atZone(ZoneId.of(start.path("timeZone").asText("UTC")))
              .toInstant()
              .equals(instant);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
