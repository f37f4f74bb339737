package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The OData query options that the stand-in supports. It refuses any other. */
record GraphQuery(
    @Nullable String filterId,
    @Nullable String filterValue,
    @Nullable String expandId,
    List<String> select,
    int top,
    int skip) {
  private static final String TEXT = "'((?:[^']|'')*)'";
  private static final Pattern FILTER =
      Pattern.compile(
          "singleValueExtendedProperties/[Aa]ny\\((\\w+):\\s*\\1/id eq "
              + (TEXT + " and \\1/value eq " + TEXT + "\\)"));
  private static final Pattern EXPAND =
      Pattern.compile("singleValueExtendedProperties\\(\\$filter=id eq " + TEXT + "\\)");
  private static final Set<String> KNOWN =
      Set.of("$filter", "$expand", "$select", "$top", "$skip", "$orderby", "$count");

  private static final int LONGEST_WINDOW_DAYS = 1825;

  /** The time that a calendarView is about. */
  record Window(Instant from, Instant to) {}

  /** The window of a call: one that has an end after its start, and is not too long for Graph. */
  static Window window(Call call) {
    Window window = new Window(bound(call, "startDateTime"), bound(call, "endDateTime"));
    if (window.from().isAfter(window.to())) {
      throw GraphException.badRequest("The window ends before it starts.");
    }
    Duration length = Duration.between(window.from(), window.to());
    if (length.compareTo(Duration.ofDays(LONGEST_WINDOW_DAYS)) > 0) {
      throw GraphException.badRequest(
          "The range between the start and end dates is greater than the allowed range. Maximum"
              + " number of days: "
              + LONGEST_WINDOW_DAYS);
    }
    return window;
  }

  private static Instant bound(Call call, String parameter) {
    return call.query(parameter)
        .map(text -> GraphTimes.bound(text, parameter))
        .orElseThrow(() -> GraphException.badRequest("Missing parameter " + parameter + "."));
  }

  static GraphQuery of(Call call) {
    for (String name : call.query().keySet()) {
      if (name.startsWith("$") && !KNOWN.contains(name)) {
        throw invalid("The query option '" + name + "' is not known.");
      }
    }
    Optional<Matcher> filter = match(call, "$filter", FILTER);
    Optional<Matcher> expand = match(call, "$expand", EXPAND);
    return new GraphQuery(
        filter.map(m -> unquote(m.group(2))).orElse(null),
        filter.map(m -> unquote(m.group(3))).orElse(null),
        expand.map(m -> unquote(m.group(1))).orElse(null),
        call.query("$select").map(names -> Arrays.asList(names.split(","))).orElse(List.of()),
        number(call, "$top", 10, 1, 1000),
        number(call, "$skip", 0, 0, 1_000_000));
  }

  Stream<GraphEvent> filter(Stream<GraphEvent> events) {
    return filterId == null || filterValue == null
        ? events
        : events.filter(event -> event.hasExtended(filterId, filterValue));
  }

  ObjectNode answer(GraphEvent event, GraphPrefer prefer) {
    ObjectNode answer = event.answer(prefer);
    if (event.isSeries() && event.occurrence().isEmpty()) {
      answer.set("cancelledOccurrences", cancelled(event, answer.path("id").asText()));
    }
    if (select.isEmpty()) {
      answer.remove("cancelledOccurrences");
    }
    if (!select.isEmpty()) {
      answer.retain(Stream.concat(select.stream(), Stream.of("@odata.etag", "id")).toList());
    }
    if (expandId != null && event.extended().has(expandId)) {
      ObjectNode property = Json.object().put("id", expandId);
      property.set("value", event.extended().get(expandId));
      answer.putArray("singleValueExtendedProperties").add(property);
    }
    return answer;
  }

  /** Only a client that selects this member gets it (Graph's page on the event resource). */
  private static ArrayNode cancelled(GraphEvent series, String id) {
    ArrayNode days = Json.object().putArray("cancelledOccurrences");
    series.exceptions().cancelled().stream()
        .sorted()
        .map(day -> LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE))
        .forEach(day -> days.add("OID." + id + "." + day));
    return days;
  }

  /** One page, with a link to the next one if there are more events. */
  ObjectNode page(List<GraphEvent> events, Call call, GraphPrefer prefer, String url) {
    ObjectNode page = Json.object().put("@odata.context", url + "/$metadata#events");
    ArrayNode value = page.putArray("value");
    events.stream().skip(skip).limit(top).forEach(event -> value.add(answer(event, prefer)));
    if (events.size() > skip + top) {
      page.put("@odata.nextLink", url + call.rawPath() + "?" + next(call));
    }
    return page;
  }

  private String next(Call call) {
    StringBuilder query = new StringBuilder();
    call.query()
        .forEach(
            (name, values) -> {
              if (!name.equals("$skip")) {
                query.append(encode(name)).append('=').append(encode(values.get(0))).append('&');
              }
            });
    return query.append("%24skip=").append(skip + top).toString();
  }

  private static Optional<Matcher> match(Call call, String option, Pattern pattern) {
    return call.query(option)
        .map(
            text -> {
              Matcher matcher = pattern.matcher(text);
              if (!matcher.matches()) {
                throw invalid("Not understood: " + option + "=" + text);
              }
              return matcher;
            });
  }

  private static int number(Call call, String option, int usual, int least, int most) {
    try {
      int value = call.query(option).map(Integer::parseInt).orElse(usual);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw invalid(option + " must be from " + least + " to " + most + ".");
  }

  private static GraphException invalid(String message) {
    return new GraphException(400, "ErrorInvalidUrlQuery", message);
  }

  private static String unquote(String text) {
    return text.replace("''", "'");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
