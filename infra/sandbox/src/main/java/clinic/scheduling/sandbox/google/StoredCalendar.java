package clinic.scheduling.sandbox.google;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The events of one calendar. It numbers its changes, and remembers which instances vanished with a
 * change of their series, because a sync round reports them as cancelled. Not thread-safe.
 */
final class StoredCalendar {
  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_VANISHED = 100_000;

  private final Map<String, GoogleEvent> events = new LinkedHashMap<>();
  private final Map<String, GoogleEvent> vanished = new LinkedHashMap<>();
  private long revision;
  private long forgotten;

  /**
   * A consistent view.
   *
   * @param vanished single events and instances that are no longer, each cancelled
   * @param revision of the latest change
   * @param forgotten no round can start before this change
   */
  record Snapshot(
      List<GoogleEvent> events,
      List<GoogleEvent> vanished,
      long revision,
      long forgotten,
      Instant now) {}

  Snapshot snapshot(Instant now) {
    return new Snapshot(
        List.copyOf(events.values()), List.copyOf(vanished.values()), revision, forgotten, now);
  }

  /** The event with the id, or the instance that a series generates under it. */
  Optional<GoogleEvent> find(String id) {
    return Optional.ofNullable(events.get(id))
        .or(
            () ->
                Optional.ofNullable(events.get(id.replaceFirst("_[^_]*$", "")))
                    .filter(GoogleEvent::repeats)
                    .flatMap(series -> new GoogleSeries(series).instance(id)));
  }

  boolean has(String id) {
    return events.containsKey(id);
  }

  GoogleEvent put(GoogleEvent event, Instant now) {
    if (events.size() >= MOST_EVENTS) {
      throw new IllegalStateException("more than " + MOST_EVENTS + " events in one calendar");
    }
    Optional<GoogleEvent> present = Optional.ofNullable(events.get(event.id()));
    List<GoogleEvent> before = present.map(it -> single(it, now)).orElse(List.of());
    GoogleEvent kept = event.at(++revision);
    events.put(kept.id(), kept);
    Set<String> after = new LinkedHashSet<>();
    single(kept, now).forEach(one -> after.add(one.id()));
    vanished.keySet().removeAll(after);
    for (GoogleEvent one : before) {
      if (!after.contains(one.id()) && !kept.id().equals(one.id()) || becameSeries(one, kept)) {
        vanish(one);
      }
    }
    if (present.map(GoogleEvent::isSeries).orElse(false)) {
      dropExceptions(kept);
    }
    return kept;
  }

  void clear() {
    events.clear();
    vanished.clear();
    revision++;
  }

  /** The event itself, or the instances of a series; nothing of a deleted series. */
  private static List<GoogleEvent> single(GoogleEvent event, Instant now) {
    if (event.isSeries()) {
      return event.cancelled() ? List.of() : new GoogleSeries(event).instances(now);
    }
    return List.of(event);
  }

  private static boolean becameSeries(GoogleEvent before, GoogleEvent kept) {
    return before.id().equals(kept.id()) && kept.isSeries();
  }

  private void vanish(GoogleEvent one) {
    vanished.remove(one.id());
    vanished.put(one.id(), (one.cancelled() ? one : one.gone()).at(revision));
    if (vanished.size() > MOST_VANISHED) {
      GoogleEvent oldest = vanished.values().iterator().next();
      vanished.remove(oldest.id());
      forgotten = Math.max(forgotten, oldest.revision());
    }
  }

  /** Removes changed instances that their series no longer has. */
  private void dropExceptions(GoogleEvent series) {
    List<GoogleEvent> left = new ArrayList<>();
    events.values().stream()
        .filter(it -> it.content().path("recurringEventId").asText().equals(series.id()))
        .filter(it -> !series.repeats() || new GoogleSeries(series).instance(it.id()).isEmpty())
        .forEach(left::add);
    left.forEach(
        it -> {
          vanish(it);
          events.remove(it.id());
        });
  }
}
