package clinic.scheduling.calendars.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.core.Interval;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What a reader knows who applies round after round, as {@link MeetingChange} says. */
public final class KnownMeetings {
  private final Map<String, Meeting> byId = new TreeMap<>();
  private final MeetingSource source;
  private final String mailbox;
  private final Interval window;
  private String cursor = "";

  public KnownMeetings(MeetingSource source, String mailbox, Interval window) {
    this.source = source;
    this.mailbox = mailbox;
    this.window = window;
  }

  /** Reads everything, or the changes since the last round. */
  public KnownMeetings read() {
    MeetingRound round =
        cursor.isEmpty()
            ? source.readAll(mailbox, window)
            : source.changesSince(mailbox, window, cursor);
    assertThat(round).isInstanceOf(MeetingRound.Read.class);
    apply((MeetingRound.Read) round);
    return this;
  }

  /** Begins anew with the next round. */
  void forget() {
    byId.clear();
    cursor = "";
  }

  private void apply(MeetingRound.Read round) {
    assertThat(round.changes()).extracting(MeetingChange::id).doesNotHaveDuplicates();
    round.changes().forEach(change -> change.fold(this::put, this::remove));
    cursor = round.cursor();
  }

  private boolean put(MeetingChange.Present present) {
    Meeting meeting = present.meeting();
    meeting.series().ifPresent(byId::remove);
    if (meeting.series().isEmpty()) {
      byId.values().removeIf(other -> other.series().filter(meeting.id()::equals).isPresent());
    }
    byId.put(meeting.id(), meeting);
    return true;
  }

  private boolean remove(MeetingChange.Removed removed) {
    byId.remove(removed.id());
    return byId.values().removeIf(other -> other.series().filter(removed.id()::equals).isPresent());
  }

  public Collection<Meeting> all() {
    return byId.values();
  }

  public String cursor() {
    return cursor;
  }
}
