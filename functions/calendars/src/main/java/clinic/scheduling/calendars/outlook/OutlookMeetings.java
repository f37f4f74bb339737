package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.RoundTime;
import clinic.scheduling.calendars.meeting.UnusableRoundException;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.microsoft.kiota.ApiException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads meetings by {@code calendarView/delta} of Microsoft Graph, of the default calendar of a
 * mailbox. The cursor is the whole link that Graph returns; we follow it only to Graph itself,
 * because our token goes with it. The window is fixed in the cursor ({@code docs/facts/outlook.md}
 * 3, "Delta").
 *
 * <p>A round without changes is one call. {@link RoundDetails} reads what delta does not show.
 */
@Singleton
final class OutlookMeetings implements MeetingSource {
  private final Graph graph;
  private final Clock clock;

  OutlookMeetings(Graph graph, Clock clock) {
    this.graph = graph;
    this.clock = clock;
  }

  @Override
  public Provider provider() {
    return Provider.OUTLOOK;
  }

  @Override
  public MeetingRound readAll(String mailbox, Interval window) {
    return ask(
        time -> {
          try {
            return DeltaRound.read(graph, mailbox, window, Optional.empty(), time)
                .map(round -> new RoundDetails(graph, mailbox, window, time).complete(round))
                .orElseGet(() -> new MeetingRound.TooMany(MOST_INSTANCES));
          } catch (ApiException e) {
            if (!GraphError.isDeadCursor(e)) {
              throw e;
            }
            // The link to the next page died while we read: a new round may succeed.
            return MeetingRound.failed(new CalendarOutcome.Gone());
          }
        });
  }

  @Override
  public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
    if (!graph.isOwn(cursor)) {
      return new MeetingRound.CursorExpired();
    }
    return ask(
        time -> {
          Optional<DeltaRound> round;
          try {
            round = DeltaRound.read(graph, mailbox, window, Optional.of(cursor), time);
          } catch (ApiException e) {
            if (GraphError.isDeadCursor(e) || GraphError.isInvalid(e)) {
              return new MeetingRound.CursorExpired();
            }
            throw e;
          }
          return round
              .map(read -> new RoundDetails(graph, mailbox, window, time).complete(read))
              .orElseGet(MeetingRound.CursorExpired::new);
        });
  }

  private MeetingRound ask(Function<RoundTime, MeetingRound> round) {
    RoundTime time = new RoundTime(clock);
    try {
      return graph.ask(() -> round.apply(time), MeetingRound::failed);
    } catch (UnusableRoundException e) {
      return e.toRound();
    }
  }
}
