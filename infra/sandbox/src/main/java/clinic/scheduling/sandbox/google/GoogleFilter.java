package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which events a list shows, and in which order, by its query parameters. */
record GoogleFilter(Call call) {
  private static final Set<String> TEXTS = Set.of("summary", "description", "location");

  Stream<GoogleEvent> shown(Stream<GoogleEvent> events) {
    return ordered(between(typed(stamped(undeleted(events)))));
  }

  boolean flag(String name) {
    return call.query(name).orElse("false").equals("true");
  }

  /** Without showDeleted, only cancelled instances of an existing series are listed. */
  private Stream<GoogleEvent> undeleted(Stream<GoogleEvent> events) {
    Optional<Instant> since = bound("updatedMin");
    boolean single = flag("singleEvents");
    return events
        .filter(
            event ->
                !event.cancelled()
                    || flag("showDeleted")
                    || since.isPresent()
                    || (!single && event.isInstance()))
        .filter(event -> since.isEmpty() || !event.updated().isBefore(since.get()));
  }

  private Stream<GoogleEvent> stamped(Stream<GoogleEvent> events) {
    Stream<GoogleEvent> left = events;
    for (String kind : List.of("private", "shared")) {
      String parameter = kind + "ExtendedProperty";
      for (String property : call.query().getOrDefault(parameter, List.of())) {
        int equals = property.indexOf('=');
        if (equals < 1) {
          throw GoogleException.invalid(parameter + " must be name=value");
        }
        String name = property.substring(0, equals);
        String value = property.substring(equals + 1);
        left = left.filter(event -> event.has(kind, name, value));
      }
    }
    return left;
  }

  private Stream<GoogleEvent> typed(Stream<GoogleEvent> events) {
    List<String> types = call.query().getOrDefault("eventTypes", List.of());
    String words = call.query("q").orElse("").toLowerCase(Locale.ROOT);
    Optional<String> uid = call.query("iCalUID");
    return events
        .filter(it -> types.isEmpty() || types.contains(it.content().path("eventType").asText()))
        .filter(it -> words.isEmpty() || mentions(it, words))
        .filter(it -> uid.isEmpty() || it.content().path("iCalUID").asText().equals(uid.get()));
  }

  private static boolean mentions(GoogleEvent event, String words) {
    return TEXTS.stream()
        .anyMatch(
            text -> event.content().path(text).asText().toLowerCase(Locale.ROOT).contains(words));
  }

  private Stream<GoogleEvent> between(Stream<GoogleEvent> events) {
    Optional<Instant> min = bound("timeMin");
    Optional<Instant> max = bound("timeMax");
    if (min.isPresent() && max.isPresent() && !max.get().isAfter(min.get())) {
      throw new GoogleException(400, "timeRangeEmpty", "The specified time range is empty.");
    }
    return events
        .filter(event -> min.isEmpty() || event.repeats() || event.end().isAfter(min.get()))
        .filter(event -> max.isEmpty() || event.start().isBefore(max.get()));
  }

  private Optional<Instant> bound(String parameter) {
    return call.query(parameter).map(text -> GoogleTimes.bound(text, parameter));
  }

  private Stream<GoogleEvent> ordered(Stream<GoogleEvent> events) {
    return switch (call.query("orderBy").orElse("")) {
      case "startTime" -> {
        if (!flag("singleEvents")) {
          throw GoogleException.invalid("orderBy=startTime needs singleEvents=true");
        }
        yield events.sorted(Comparator.comparing(GoogleEvent::start));
      }
      case "updated" -> events.sorted(Comparator.comparing(GoogleEvent::updated));
      default -> events;
    };
  }
}
