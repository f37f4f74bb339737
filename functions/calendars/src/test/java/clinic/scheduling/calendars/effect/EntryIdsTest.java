package clinic.scheduling.calendars.effect;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An event is ours if its id, or that of its series, is the id of an entry in that calendar. */
class EntryIdsTest {
  private static final String CALENDAR = "outlook-0123456789ab";

  private final MovableClock clock = MovableClock.at("2027-02-03T17:00:00Z");
  private final EntryIds entries = new EntryIds(new MemoryRows(clock), clock);

  @Test
  void theEntryAndItsInstancesAreOurs() {
    entries.remember(CALENDAR, "entry");
    entries.remember(CALENDAR, "entry");

    assertThat(ours(meeting("entry", ""), meeting("entry-1", "entry"), meeting("other", "more")))
        .containsExactly("entry", "entry-1");
  }

  @Test
  void theSameIdInAnotherCalendarIsAnotherEvent() {
    entries.remember("outlook-ba9876543210", "entry");

    assertThat(ours(meeting("entry", ""))).isEmpty();
  }

  @Test
  void anEntryIsKnownAsLongAsTheLedgerKnowsIt() {
    entries.remember(CALENDAR, "entry");

    clock.move(EntryRecord.KEPT.minus(Duration.ofDays(1)));
    assertThat(ours(meeting("entry", ""))).containsExactly("entry");
  }

  @Test
  void whatIsGoneStaysGone() {
    entries.remember(CALENDAR, "entry");
    List<MeetingChange> gone = List.of(new MeetingChange.Removed("entry"));

    assertThat(entries.marked(CALENDAR, gone)).isEqualTo(gone);
  }

  private List<String> ours(MeetingChange... changes) {
    return entries.marked(CALENDAR, List.of(changes)).stream()
        .filter(change -> change.fold(it -> it.meeting().isOurs(), it -> false))
        .map(MeetingChange::id)
        .toList();
  }

  private static MeetingChange meeting(String id, String series) {
    return new MeetingChange.Present(
        new Meeting(
            id,
            "uid",
            Optional.of(series).filter(it -> !it.isEmpty()),
            Optional.empty(),
            new Meeting.Timed(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
            Meeting.Availability.BUSY,
            Meeting.Kind.DEFAULT,
            Meeting.Answer.ACCEPTED,
            false,
            false,
            Optional.empty(),
            false));
  }
}
