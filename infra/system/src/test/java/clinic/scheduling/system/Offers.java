package clinic.scheduling.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Hands out the free times of a clinician, hour after hour and day after day, and no hour twice. It
 * leaves out every second hour, so that bookings in one hour cannot affect the next.
 */
final class Offers {
  private static final int LAST_DAY = 58;

  private final Client client;
  private final String query;
  private final Deque<Map<Integer, Client.Slot>> hours = new ArrayDeque<>();
  private int day;

  /**
   * @param query visit type and clinician, as {@code GET /slots} takes them
   * @param firstDay days from now; tests that share a system need different times
   */
  Offers(Client client, String query, int firstDay) {
    this.client = client;
    this.query = query;
    this.day = firstDay;
  }

  /** The times of the next hour that begin at these minutes. */
  List<Client.Slot> hour(int... minutes) throws Exception {
    while (hours.isEmpty() || !IntStream.of(minutes).allMatch(hours.element()::containsKey)) {
      if (hours.poll() == null) {
        readDay();
      }
    }
    Map<Integer, Client.Slot> hour = hours.remove();
    return IntStream.of(minutes).mapToObj(hour::get).toList();
  }

  private void readDay() throws Exception {
    if (day > LAST_DAY) {
      throw new AssertionError("no times are left of " + query);
    }
    LocalDate date = LocalDate.now(ZoneOffset.UTC).plusDays(day++);
    String path = "/slots?%s&limit=200&from=%s&to=%s".formatted(query, date, date);
    Map<Integer, Map<Integer, Client.Slot>> all = new LinkedHashMap<>();
    for (JsonNode slot : client.insist("GET", path, Map.of(), "").json().path("slots")) {
      OffsetDateTime start = OffsetDateTime.parse(slot.path("start").asText());
      all.computeIfAbsent(start.getHour(), hour -> new LinkedHashMap<>())
          .put(start.getMinute(), new Client.Slot(slot.path("slot").asText(), Instant.from(start)));
    }
    all.forEach((hour, times) -> add(hour, times));
  }

  private void add(int hour, Map<Integer, Client.Slot> times) {
    if (hour % 2 == 0) {
      hours.add(times);
    }
  }
}
