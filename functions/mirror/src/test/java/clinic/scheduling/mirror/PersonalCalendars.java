package clinic.scheduling.mirror;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The calendars of one provider in memory, and what people do in them. Counts rounds. */
final class PersonalCalendars implements MeetingSource {
  private final Provider provider;
  private final Map<String, Map<String, Meeting>> meetings = new HashMap<>();
  private final Map<String, List<String>> log = new HashMap<>();
  private Optional<Supplier<MeetingRound>> instead = Optional.empty();
  private int fullRounds;
  private int rounds;

  PersonalCalendars(Provider provider) {
    this.provider = provider;
  }

  @Override
  public Provider provider() {
    return provider;
  }

  void put(String mailbox, Meeting meeting) {
    of(mailbox).put(meeting.id(), meeting);
    logOf(mailbox).add(meeting.id());
  }

  void remove(String mailbox, String id) {
    of(mailbox).remove(id);
    logOf(mailbox).add(id);
  }

  void clear(String mailbox) {
    List.copyOf(of(mailbox).keySet()).forEach(id -> remove(mailbox, id));
  }

  Map<String, Meeting> of(String mailbox) {
    return meetings.computeIfAbsent(mailbox, name -> new TreeMap<>());
  }

  private List<String> logOf(String mailbox) {
    return log.computeIfAbsent(mailbox, name -> new ArrayList<>());
  }

  /** What every round answers until {@link #recover}. */
  void answer(MeetingRound round) {
    instead = Optional.of(() -> round);
  }

  void fail(Failure why) {
    answer(new MeetingRound.Unreadable(why));
  }

  void recover() {
    instead = Optional.empty();
  }

  int rounds() {
    return rounds;
  }

  int fullRounds() {
    return fullRounds;
  }

  @Override
  public MeetingRound readAll(String mailbox, Interval window) {
    rounds++;
    fullRounds++;
    return instead.map(Supplier::get).orElseGet(() -> all(mailbox, window));
  }

  private MeetingRound all(String mailbox, Interval window) {
    return new MeetingRound.Read(
        of(mailbox).values().stream()
            .filter(meeting -> meeting.overlaps(window))
            .<MeetingChange>map(MeetingChange.Present::new)
            .toList(),
        cursor(mailbox));
  }

  private String cursor(String mailbox) {
    return Integer.toString(logOf(mailbox).size());
  }

  @Override
  public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
    rounds++;
    return instead.map(Supplier::get).orElseGet(() -> since(mailbox, window, cursor));
  }

  private MeetingRound since(String mailbox, Interval window, String cursor) {
    List<String> all = logOf(mailbox);
    List<MeetingChange> changes = new ArrayList<>();
    all.subList(Integer.parseInt(cursor), all.size()).stream()
        .distinct()
        .forEach(id -> changes.add(change(mailbox, id, window)));
    return new MeetingRound.Read(changes, cursor(mailbox));
  }

  private MeetingChange change(String mailbox, String id, Interval window) {
    Meeting meeting = of(mailbox).get(id);
    return meeting == null || !meeting.overlaps(window)
        ? new MeetingChange.Removed(id)
        : new MeetingChange.Present(meeting);
  }
}
