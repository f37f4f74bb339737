package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The provider's ids of the entries that we have written into each calendar. An entry also carries
 * our stamp. But people's tools can take a stamp away, and such an entry must not block time as if
 * it were a meeting.
 */
@Singleton
public final class EntryIds {
  private static final String PARTITION = "#entries";

  /** As long as the ledger keeps an entry. */
  private static final Duration KEPT = EntryRecord.KEPT;

  private final Rows rows;
  private final Clock clock;

  public EntryIds(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Remembers an entry. A repeat does no harm. */
  void remember(String binding, String id) {
    rows.update(
        key(binding, id), row -> Optional.of(row.next(clock.instant().plus(KEPT), Map.of())));
  }

  /**
   * The same changes. A meeting, or an instance of a series, whose id is that of an entry is marked
   * as ours.
   */
  List<MeetingChange> marked(String binding, List<MeetingChange> changes) {
    Set<RowKey> entries =
        rows
            .readAll(
                changes.stream()
                    .flatMap(EntryIds::ids)
                    .map(id -> key(binding, id))
                    .collect(Collectors.toSet()))
            .stream()
            .map(Row::key)
            .collect(Collectors.toSet());
    return entries.isEmpty()
        ? changes
        : changes.stream()
            .map(
                change ->
                    ids(change).anyMatch(id -> entries.contains(key(binding, id)))
                        ? asOurs(change)
                        : change)
            .toList();
  }

  /** The ids by which a meeting without our stamp may be known; none if it has the stamp. */
  private static Stream<String> ids(MeetingChange change) {
    return change.fold(present -> ids(present.meeting()), removed -> Stream.empty());
  }

  private static Stream<String> ids(Meeting meeting) {
    return meeting.isOurs()
        ? Stream.empty()
        : Stream.concat(Stream.of(meeting.id()), meeting.series().stream());
  }

  private static MeetingChange asOurs(MeetingChange change) {
    return change.fold(
        present -> new MeetingChange.Present(present.meeting().asOurs()), removed -> removed);
  }

  private static RowKey key(String binding, String id) {
    return new RowKey(Mailbox.partition(binding) + PARTITION, Digest.of("entry-id", id));
  }
}
