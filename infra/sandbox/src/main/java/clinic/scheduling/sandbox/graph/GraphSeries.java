package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.recurrence.Recurrence;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recurring events: their occurrences, with the changed and without the cancelled ones. */
final class GraphSeries {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /** How far from an occurrence its neighbours are looked for; the rarest are four years apart. */
  private static final Duration NEIGHBOURHOOD = Duration.ofDays(1500);

  private final GraphEvent master;
  private final ZoneId zone;
  private final LocalDateTime first;
  private final Recurrence series;

  private GraphSeries(GraphEvent master) {
    this.master = master;
    this.zone = zone(master.content());
    this.first = LocalDateTime.ofInstant(master.start(), zone);
    this.series = GraphPattern.series(master.content().path("recurrence"), first, zone);
  }

  /** The event itself if it overlaps the window; of a series, the occurrences that do. */
  static Stream<GraphEvent> within(GraphEvent event, Instant from, Instant to) {
    Stream<GraphEvent> all =
        event.isSeries() ? new GraphSeries(event).occurrences(from, to) : Stream.of(event);
    return all.filter(one -> one.start().isBefore(to) && one.end().isAfter(from));
  }

  /** The event itself or the occurrence of its series with this id. */
  static Optional<GraphEvent> find(GraphEvent event, String id) {
    if (event.hasId(id)) {
      return Optional.of(event);
    }
    return event.isSeries()
        ? event.dayOf(id).flatMap(day -> new GraphSeries(event).on(day))
        : Optional.empty();
  }

  /** Refuses a recurrence that has no meaning, and notes the zone in which it recurs. */
  static void check(ObjectNode content) {
    if (content.get("recurrence") instanceof ObjectNode recurrence) {
      LocalDateTime first =
          LocalDateTime.ofInstant(GraphTimes.read(content.path("start"), "start"), zone(content));
      GraphPattern.series(recurrence, first, zone(content));
      if (!recurrence.path("range").hasNonNull("recurrenceTimeZone")) {
        recurrence
            .withObjectProperty("range")
            .set("recurrenceTimeZone", content.at("/start/timeZone"));
      }
    }
  }

  /**
   * Refuses a time of one occurrence that passes or touches the day of its neighbours, as Exchange
   * does.
   */
  static void checkOrder(GraphEvent master, GraphEvent changed) {
    GraphSeries of = new GraphSeries(master);
    Instant original = of.originalStart(changed.occurrence());
    List<GraphEvent> all =
        of.occurrences(original.minus(NEIGHBOURHOOD), original.plus(NEIGHBOURHOOD))
            .sorted(Comparator.comparing(GraphEvent::occurrence))
            .toList();
    for (GraphEvent other : all) {
      boolean earlier = other.occurrence().compareTo(changed.occurrence()) < 0;
      boolean later = other.occurrence().compareTo(changed.occurrence()) > 0;
      if (earlier && !of.day(other.start()).isBefore(of.day(changed.start()))
          || later && !of.day(other.start()).isAfter(of.day(changed.start()))) {
        throw new GraphException(
            400,
            "ErrorOccurrenceCrossingBoundary",
            "Modified occurrence is crossing or overlapping adjacent occurrence.");
      }
    }
  }

  private LocalDate day(Instant start) {
    return LocalDate.ofInstant(start, zone);
  }

  /** The occurrences that may overlap the window; a moved one may come from outside of it. */
  private Stream<GraphEvent> occurrences(Instant from, Instant to) {
    Instant earliest = from.minus(Duration.between(master.start(), master.end()).plusDays(1));
    Stream<String> regular = series.starts(earliest, to).stream().map(DAY::format);
    Stream<String> moved =
        master.exceptions().changed().propertyStream().map(entry -> entry.getKey());
    return Stream.concat(regular, moved).distinct().flatMap(day -> on(day).stream());
  }

  private Optional<GraphEvent> on(String day) {
    return start(day)
        .filter(start -> !master.exceptions().cancelled().contains(day))
        .filter(series::has)
        .map(start -> occurrence(day, start));
  }

  private Optional<LocalDateTime> start(String day) {
    try {
      return Optional.of(LocalDate.parse(day, DAY).atTime(first.toLocalTime()));
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  private Instant originalStart(String day) {
    return series.instant(start(day).orElse(first));
  }

  private GraphEvent occurrence(String day, LocalDateTime start) {
    ObjectNode content = master.content().deepCopy();
    content.set("start", time(start));
    content.set("end", time(end(start)));
    content.put("originalStart", series.instant(start).toString());
    if (master.exceptions().changed().get(day) instanceof ObjectNode change) {
      content.setAll(change.deepCopy());
    }
    return master.occurrence(day, content);
  }

  /** An all-day event ends at midnight, even if its day has 23 or 25 hours. */
  private LocalDateTime end(LocalDateTime start) {
    if (master.content().path("isAllDay").asBoolean()) {
      return start.plus(Duration.between(first, LocalDateTime.ofInstant(master.end(), zone)));
    }
    Duration length = Duration.between(master.start(), master.end());
    return LocalDateTime.ofInstant(series.instant(start).plus(length), zone);
  }

  private ObjectNode time(LocalDateTime local) {
    return Json.object()
        .put("dateTime", LOCAL.format(local))
        .put("timeZone", zone.getId().equals("Z") ? "UTC" : zone.getId());
  }

  private static ZoneId zone(ObjectNode content) {
    String own = content.at("/recurrence/range/recurrenceTimeZone").asText("");
    boolean floats = content.path("isAllDay").asBoolean();
    return GraphTimes.zone(own.isEmpty() || floats ? content.at("/start/timeZone").asText() : own);
  }
}
