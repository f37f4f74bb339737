package clinic.scheduling.benchmark.bookings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls to Canvas for one booking, as the function logs them. */
record CanvasCalls(List<Call> calls) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINE =
      Pattern.compile("canvas resource=(\\w+) status=(\\d+) ms=(\\d+) .*");

  /** One call; it was logged at its end. */
  record Call(String what, Instant end, long millis) {
    private Instant begin() {
      return end.minusMillis(millis);
    }
  }

  /** The calls of each booking in a log, in order of their start. */
  static List<CanvasCalls> of(Path log) throws IOException {
    Map<String, List<Call>> bookings = new LinkedHashMap<>();
    for (String line : Files.readAllLines(log)) {
      JsonNode json = line.startsWith("{") ? JSON.readTree(line) : JSON.nullNode();
      Call call = call(json);
      if (call != null) {
        bookings
            .computeIfAbsent(json.at("/mdc/correlation").asText(), name -> new ArrayList<>())
            .add(call);
      }
    }
    return bookings.values().stream().map(CanvasCalls::new).toList();
  }

  private static @Nullable Call call(JsonNode line) {
    Matcher matcher = LINE.matcher(line.path("message").asText());
    return matcher.matches()
        ? new Call(
            matcher.group(1) + " " + matcher.group(2),
            Instant.parse(line.path("timestamp").asText()),
            Long.parseLong(matcher.group(3)))
        : null;
  }

  /** The names of the calls, in order. */
  List<String> order() {
    return calls.stream().map(Call::what).toList();
  }

  /** The time during which at least one call was in progress: concurrent calls count once. */
  long millis() {
    long covered = 0;
    Instant until = Instant.EPOCH;
    for (Call call : calls.stream().sorted(Comparator.comparing(Call::begin)).toList()) {
      Instant from = call.begin().isAfter(until) ? call.begin() : until;
      if (call.end().isAfter(from)) {
        covered += call.end().toEpochMilli() - from.toEpochMilli();
        until = call.end();
      }
    }
    return covered;
  }
}
