package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Somebody who only follows the sync rounds has what a full list shows, whatever people do. */
class GoogleReplicaTest {
  private static final int STEPS = 150;
  private static final List<String> RULES =
      List.of(
          "RRULE:FREQ=DAILY;COUNT=5",
          "RRULE:FREQ=DAILY;COUNT=3",
          "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6",
          "RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=4");

  @Test
  void theRoundsLeadToTheFullList() throws Exception {
    long seed = Long.getLong("replica.seed", System.nanoTime());
    System.out.println("replica.seed=" + seed);
    Random random = new Random(seed);
    try (GoogleCalendar google = new GoogleCalendar()) {
      Map<String, JsonNode> replica = new TreeMap<>();
      String token = rounds(google, "", replica::put);
      int removed = 0;
      for (int step = 0; step < STEPS; step++) {
        act(google, random, step);
        if (random.nextInt(3) == 0) {
          int before = replica.size();
          token = rounds(google, "&syncToken=" + token, (id, item) -> apply(replica, id, item));
          removed += Math.max(0, before - replica.size());
          Map<String, JsonNode> whole = new TreeMap<>();
          rounds(google, "", whole::put);
          assertThat(replica).as("seed %s, step %s", seed, step).isEqualTo(whole);
        }
      }
      assertThat(removed).as("something vanished, seed %s", seed).isPositive();
      assertThat(google.google.watch().broken()).isEmpty();
    }
  }

  private static void apply(Map<String, JsonNode> replica, String id, JsonNode item) {
    if (item.get("status").asText().equals("cancelled")) {
      replica.remove(id);
    } else {
      replica.put(id, item);
    }
  }

  /** One action at random; one that its event does not allow is refused and does no harm. */
  private static void act(GoogleCalendar google, Random random, int step) throws Exception {
    List<String> ids = new ArrayList<>();
    rounds(google, "", (id, item) -> ids.add(id));
    google
        .http
        .get("/google-control/state")
        .json()
        .at("/calendars/0/events")
        .forEach(event -> ids.add(event.get("id").asText()));
    String id = ids.isEmpty() ? "none1" : ids.get(random.nextInt(ids.size()));
    String day = "2026-02-%02d".formatted(2 + random.nextInt(26));
    String start = "{\"start\":\"" + day + "T14:00:00-08:00\"}";
    String rule = "{\"recurrence\":[\"" + RULES.get(random.nextInt(RULES.size())) + "\"]}";
    switch (random.nextInt(9)) {
      case 0, 1 -> google.insert(GoogleCalendar.event(",\"id\":\"event" + step + "\""));
      case 2 -> google.hand("POST", "/" + id + "/move", start);
      case 3 -> google.hand("POST", "/" + id + "/repeat", rule);
      case 4 -> google.hand("PATCH", "/" + id, "{\"summary\":\"" + step + "\"}");
      case 5 -> google.hand("DELETE", "/" + id, "");
      case 6 -> google.hand("POST", "/" + id + "/split", "{}");
      case 7 -> google.hand("PATCH", "/" + id, "{\"recurrence\":[]}");
      default -> google.hand("PATCH", "/" + id, "{\"status\":\"confirmed\"}");
    }
  }

  /** All pages of a list; answers the token for the next round. */
  private static String rounds(
      GoogleCalendar google, String more, BiConsumer<String, JsonNode> each) throws Exception {
    String page = "";
    for (int pages = 0; pages < 1000; pages++) {
      Http.Answer answer =
          google.http.get(GoogleCalendar.EVENTS + "?singleEvents=true&maxResults=40" + more + page);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      answer.json().get("items").forEach(item -> each.accept(item.get("id").asText(), item));
      if (answer.json().has("nextSyncToken")) {
        return answer.json().get("nextSyncToken").asText();
      }
      page = "&pageToken=" + answer.json().get("nextPageToken").asText();
    }
    throw new AssertionError("endless pages");
  }
}
