package clinic.scheduling.calendars.meeting;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the changes of one round. If a provider sends an event twice, the later change counts.
 */
public final class RoundChanges {
  private final Map<String, Meeting> present = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();

  public void add(MeetingChange change) {
    change.fold(
        it -> {
          removed.remove(it.id());
          return present.put(it.id(), it.meeting());
        },
        it -> {
          present.remove(it.id());
          return removed.add(it.id());
        });
  }

  /** Whether the round shows a single meeting or an instance with this id. */
  public boolean show(String id) {
    return present.containsKey(id);
  }

  /** Whether the round has more instances than {@link MeetingSource#MOST_INSTANCES}. */
  public boolean areTooMany() {
    return present.size() > MeetingSource.MOST_INSTANCES;
  }

  /**
   * The round with these changes, or {@code TooMany} if a limit of {@link MeetingSource} is hit.
   */
  public MeetingRound toRound(String cursor) {
    if (areTooMany()) {
      return new MeetingRound.TooMany(MeetingSource.MOST_INSTANCES);
    }
    Map<String, Integer> sizes = new LinkedHashMap<>();
    present.values().forEach(one -> one.series().ifPresent(id -> sizes.merge(id, 1, Integer::sum)));
    if (sizes.values().stream().anyMatch(size -> size > MeetingSource.MOST_OF_A_SERIES)) {
      return new MeetingRound.TooMany(MeetingSource.MOST_OF_A_SERIES);
    }
    List<MeetingChange> all = new ArrayList<>();
    removed.forEach(id -> all.add(new MeetingChange.Removed(id)));
    present.values().forEach(meeting -> all.add(new MeetingChange.Present(meeting)));
    return new MeetingRound.Read(all, cursor);
  }
}
