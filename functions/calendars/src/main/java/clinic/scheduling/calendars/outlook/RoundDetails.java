package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.RoundChanges;
import clinic.scheduling.calendars.meeting.RoundTime;
import clinic.scheduling.core.Interval;
import com.microsoft.graph.models.Event;
import com.microsoft.kiota.ApiException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Completes one round. Delta shows neither our stamp nor, for an instance of a series, how it is
 * shown ({@code docs/facts/outlook.md} 3, "Delta"). So we read the view of the changed time, which
 * shows both. An event that delta shows and the view does not is read by its id. If that is not
 * possible either, the round is not used: we never guess that an event is not ours.
 *
 * <p>If delta shows a series, all of its instances in the window are taken from the view, because
 * Graph does not promise to list the instances that a change of a series affects.
 *
 * <p>An instance has the {@code iCalUId} of its series. It is in the round, or read once.
 */
final class RoundDetails {
  /** The most events and series that one round reads by id. */
  private static final int MOST_READS = 100;

  /** All-day events are at other times in the zone of the mailbox than in UTC. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Graph graph;
  private final String mailbox;
  private final Interval window;
  private final RoundTime time;
  private final Map<String, Optional<Event>> readById = new HashMap<>();

  RoundDetails(Graph graph, String mailbox, Interval window, RoundTime time) {
    this.graph = graph;
    this.mailbox = mailbox;
    this.window = window;
    this.time = time;
  }

  /** The round with all details. */
  MeetingRound complete(DeltaRound round) {
    RoundChanges changes = new RoundChanges();
    round.removed().forEach(id -> changes.add(new MeetingChange.Removed(id)));
    if (round.instances().isEmpty() && round.series().isEmpty()) {
      return changes.toRound(round.link());
    }
    Optional<List<Event>> view =
        new EventView(graph, mailbox, time::requireTimeForRequest)
            .list(changedTime(round), OutlookMeeting.select());
    return view.map(shown -> complete(round, shown, changes))
        .orElseGet(() -> new MeetingRound.TooMany(MeetingSource.MOST_INSTANCES));
  }

  private MeetingRound complete(DeltaRound round, List<Event> view, RoundChanges changes) {
    round.series().keySet().forEach(id -> changes.add(new MeetingChange.Removed(id)));
    Map<String, Event> shown =
        view.stream()
            .filter(event -> event.getId() != null)
            .collect(
                Collectors.toMap(
                    Event::getId, Function.identity(), (a, b) -> b, LinkedHashMap::new));
    List<String> ids = new ArrayList<>(round.instances().keySet());
    shown.values().stream()
        .filter(event -> round.series().containsKey(series(event)))
        .map(Event::getId)
        .filter(id -> !round.instances().containsKey(id))
        .forEach(ids::add);
    for (String id : ids) {
      @Nullable Event event = shown.get(id);
      if (event == null) {
        event = byId(id).orElse(null);
      }
      Optional<MeetingChange> change =
          event == null ? Optional.of(new MeetingChange.Removed(id)) : change(id, event, round);
      if (readById.size() > MOST_READS) {
        // The calendar may not show yet what delta shows.
        return new MeetingRound.Unreadable(CalendarOutcome.Busy.notVisibleYet());
      }
      if (change.isEmpty()) {
        return new MeetingRound.Unreadable(new CalendarOutcome.Refused("unreadable-event"));
      }
      changes.add(change.get());
    }
    return changes.toRound(round.link());
  }

  /** Empty if the event cannot be understood. */
  private Optional<MeetingChange> change(String id, Event event, DeltaRound round) {
    String series = series(event);
    Optional<Event> master =
        series.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(round.series().get(series)).or(() -> byId(series));
    Optional<Meeting> meeting = new OutlookMeeting(event, master).meeting();
    return meeting.map(
        it -> it.overlaps(window) ? new MeetingChange.Present(it) : new MeetingChange.Removed(id));
  }

  /** The time of all changed instances; the whole window if a series has changed. */
  private Interval changedTime(DeltaRound round) {
    if (!round.series().isEmpty()) {
      return window.widened(MARGIN, MARGIN);
    }
    try {
      Instant start = window.end();
      Instant end = window.start();
      for (Event event : round.instances().values()) {
        Instant from = OutlookTimes.instant(event.getStart());
        Instant to = event.getEnd() == null ? from : OutlookTimes.instant(event.getEnd());
        start = from.isBefore(start) ? from : start;
        end = to.isAfter(end) ? to : end;
      }
      return Interval.between(start, end)
          .flatMap(window::and)
          .orElse(window)
          .widened(MARGIN, MARGIN);
    } catch (DateTimeException e) {
      return window.widened(MARGIN, MARGIN);
    }
  }

  /** Empty if there is no such event. */
  private Optional<Event> byId(String id) {
    if (readById.size() > MOST_READS) {
      return Optional.empty();
    }
    return readById.computeIfAbsent(id, this::read);
  }

  private Optional<Event> read(String id) {
    time.requireTimeForRequest();
    try {
      return Optional.ofNullable(
          graph
              .mailbox(mailbox)
              .events()
              .byEventId(id)
              .get(
                  with -> {
                    Graph.prefer(with.headers);
                    with.queryParameters.select = OutlookMeeting.select();
                    with.queryParameters.expand = new String[] {EntryStamp.OUTLOOK_EXPAND};
                  }));
    } catch (ApiException e) {
      if (GraphError.isNoSuchEvent(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String series(Event event) {
    return Objects.requireNonNullElse(event.getSeriesMasterId(), "");
  }
}
