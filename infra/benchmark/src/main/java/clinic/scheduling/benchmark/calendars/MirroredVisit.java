package clinic.scheduling.benchmark.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One visit on its way into the calendars, as SyncCalendars logs it.
 *
 * @param outsideMillis the total time of its calls to Canvas, Outlook and Google, which are
 *     sequential
 * @param calendars the keys of the calendars, once for each call
 * @param done when both calendars were up to date
 */
record MirroredVisit(String visit, long outsideMillis, List<String> calendars, Instant done) {
  /** The function whose logs contain these lines. */
  static final String FUNCTION = "SyncCalendars";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CALL =
      Pattern.compile("(?:canvas resource=\\w+|calendar-called binding=(\\S+)) .*?ms=(\\d+).*");

  /** The visits in the logs, in the order of each log. */
  static List<MirroredVisit> of(Collection<Path> logs) throws IOException {
    List<MirroredVisit> all = new ArrayList<>();
    for (Path log : logs) {
      Map<String, MirroredVisit> atWork = new LinkedHashMap<>();
      for (String line : Files.readAllLines(log)) {
        JsonNode json = line.startsWith("{") ? JSON.readTree(line) : JSON.nullNode();
        String visit = json.at("/mdc/appointment").asText("");
        if (!visit.isEmpty()) {
          MirroredVisit before = atWork.getOrDefault(visit, none(visit));
          MirroredVisit after = before.and(json);
          atWork.put(visit, after);
          if (json.path("message").asText().startsWith("synced ")) {
            all.add(after);
            atWork.remove(visit);
          }
        }
      }
    }
    return all;
  }

  private static MirroredVisit none(String visit) {
    return new MirroredVisit(visit, 0, List.of(), Instant.EPOCH);
  }

  private MirroredVisit and(JsonNode line) {
    Instant at = Instant.parse(line.path("timestamp").asText());
    Matcher call = CALL.matcher(line.path("message").asText());
    if (!call.matches()) {
      return new MirroredVisit(visit, outsideMillis, calendars, at);
    }
    List<String> called = new ArrayList<>(calendars);
    if (call.group(1) != null) {
      called.add(call.group(1));
    }
    return new MirroredVisit(
        visit, outsideMillis + Long.parseLong(call.group(2)), List.copyOf(called), at);
  }
}
