package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.microsoft.kiota.ApiException;
import jakarta.inject.Singleton;
import java.util.Optional;

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

  OutlookMeetings(Graph graph) {
    this.graph = graph;
  }

  @Override
  public Provider provider() {
    return Provider.OUTLOOK;
  }

  @Override
  public MeetingRound readAll(String mailbox, Interval window) {
    return graph.<MeetingRound>ask(
        () -> {
          try {
            return DeltaRound.read(graph, mailbox, window, Optional.empty())
                .map(round -> new RoundDetails(graph, mailbox, window).complete(round))
                .orElseGet(() -> new MeetingRound.TooMany(MOST_INSTANCES));
          } catch (ApiException e) {
            if (!GraphError.isDeadCursor(e)) {
              throw e;
            }
            // The link to the next page died while we read: a new round may succeed.
            return MeetingRound.failed(new CalendarOutcome.Gone());
          }
        },
        MeetingRound::failed);
  }

  @Override
  public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
    if (!graph.isOwn(cursor)) {
      return new MeetingRound.CursorExpired();
    }
    return graph.<MeetingRound>ask(
        () -> {
          Optional<DeltaRound> round;
          try {
            round = DeltaRound.read(graph, mailbox, window, Optional.of(cursor));
          } catch (ApiException e) {
            if (GraphError.isDeadCursor(e) || GraphError.isInvalid(e)) {
              return new MeetingRound.CursorExpired();
            }
            throw e;
          }
          return round
              .map(read -> new RoundDetails(graph, mailbox, window).complete(read))
              .orElseGet(MeetingRound.CursorExpired::new);
        },
        MeetingRound::failed);
  }
}
