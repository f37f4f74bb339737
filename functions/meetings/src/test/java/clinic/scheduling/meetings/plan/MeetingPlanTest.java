package clinic.scheduling.meetings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.calendaraccess.meeting.MeetingPolicy;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Seed;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.practice.Coding;
import clinic.scheduling.core.practice.Meetings;
import clinic.scheduling.core.practice.Reconciliation;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After its effects the blocks are those of the meetings, and then there is nothing to do. */
class MeetingPlanTest {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Instant NOW = Instant.parse("2027-03-01T18:00:00Z");
  private static final Interval WINDOW =
      new Interval(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(67)));
  private static final Coding EVENT = new Coding("http://snomed.info/sct", "272379006", "Event");
  private static final Meetings RULES = rules(false);
  private static final Reconciliation LIMITS = new Reconciliation(1, 0, 5, 20, 25, 5, 20, 25);
  private static final int ROUNDS = 300;
  private static final int STEPS = 12;

  private final Map<String, KnownBlock> ledger = new HashMap<>();

  @Test
  void aMeetingGetsABlockAndLosesIt() {
    StoredMeeting meeting = timed("a", 1, 60);
    assertThat(actions(plan(calendar("one", meeting)))).containsExactly("CREATE");
    apply(plan(calendar("one", meeting)));
    assertThat(plan(calendar("one", meeting)).effects()).isEmpty();

    assertThat(actions(plan(calendar("one")))).containsExactly("CANCEL");
    apply(plan(calendar("one")));
    assertThat(plan(calendar("one")).effects()).isEmpty();
  }

  @Test
  void aMovedMeetingMovesItsBlock() {
    apply(plan(calendar("one", timed("a", 1, 60))));

    assertThat(actions(plan(calendar("one", timed("a", 2, 60))))).containsExactly("MOVE");
  }

  @Test
  void aNewSubjectIsANewTitleOnlyIfThePracticeWantsSubjects() {
    apply(plan(calendar("one", timed("a", 1, 60))));
    StoredMeeting renamed = with(timed("a", 1, 60), "another", false);
    assertThat(plan(calendar("one", renamed)).effects()).isEmpty();

    CalendarMeetings subjects =
        new CalendarMeetings("one", rules(true), ZONE, WINDOW, State.READ, List.of(renamed));
    assertThat(actions(plan(subjects))).containsExactly("RETITLE");
    assertThat(titles(plan(subjects))).containsExactly(Optional.empty());
  }

  @Test
  void aPrivateMeetingNeverShowsItsSubject() {
    StoredMeeting secret = with(timed("a", 1, 60), "secret", true);
    CalendarMeetings subjects =
        new CalendarMeetings("one", rules(true), ZONE, WINDOW, State.READ, List.of(secret));

    assertThat(titles(plan(subjects))).containsExactly(Optional.of("Busy"));
  }

  @Test
  void theSameMeetingInBothCalendarsHasOneBlockUntilItHasLeftBoth() {
    CalendarMeetings one = calendar("one", timed("a", 1, 60));
    CalendarMeetings other = calendar("two", timed("a", 1, 60));
    assertThat(actions(plan(one, other))).containsExactly("CREATE");
    apply(plan(one, other));

    assertThat(plan(calendar("one"), other).effects()).isEmpty();
    assertThat(plan(one, calendar("two")).effects()).isEmpty();
    assertThat(actions(plan(calendar("one"), calendar("two")))).containsExactly("CANCEL");
  }

  @Test
  void itKeepsItsBlockWhileOneCalendarHasItAsBlocking() {
    CalendarMeetings both = calendar("one", timed("a", 1, 60));
    apply(plan(both, calendar("two", timed("a", 1, 60))));
    StoredMeeting declined = declined(timed("a", 1, 60));

    assertThat(plan(calendar("one", declined), calendar("two", timed("a", 1, 60))).effects())
        .isEmpty();
  }

  /** One copy was moved, and nothing has moved the other one yet. Nobody knows which is right. */
  @Test
  void aMeetingAtTwoTimesInTwoCalendarsBlocksBothUntilTheyAgree() {
    CalendarMeetings before = calendar("one", timed("a", 1, 60));
    CalendarMeetings after = calendar("two", with("copy", timed("a", 3, 60)));
    apply(plan(before, calendar("two", with("copy", timed("a", 1, 60)))));

    MeetingPlan between = plan(before, after);
    assertThat(actions(between)).containsExactly("CREATE");
    apply(between);
    assertThat(standing().values()).containsExactlyInAnyOrder(hours(1), hours(3));
    assertThat(plan(before, after).effects()).as("the same names again").isEmpty();

    apply(plan(calendar("one", timed("a", 3, 60)), after));
    assertThat(standing()).isEqualTo(Map.of(block("a"), hours(3)));
  }

  @Test
  void aCopyWithinTheTimeOfTheFirstNeedsNoBlockOfItsOwn() {
    CalendarMeetings longer = calendar("one", timed("a", 1, 120));

    apply(plan(longer, calendar("two", with("copy", timed("a", 2, 30)))));

    assertThat(standing()).hasSize(1);
  }

  @Test
  void twoEventsOfOneUidBlockBothTimesAlsoIfAnotherCalendarHasTheFirst() {
    CalendarMeetings one = calendar("one", timed("a", 1, 60));

    apply(plan(one, calendar("two", timed("a", 1, 60), with("copy", timed("a", 5, 60)))));

    assertThat(standing().values()).containsExactlyInAnyOrder(hours(1), hours(5));
  }

  @Test
  void aStoppedCalendarKeepsNoMeetingOfAnotherFromBlocking() {
    CalendarMeetings stopped = stopped("one", timed("a", 1, 60));

    apply(plan(stopped, calendar("two", with("copy", timed("a", 1, 60)))));
    assertThat(standing()).isEqualTo(Map.of(block("a"), hours(1)));

    apply(plan(stopped, calendar("two")));
    assertThat(standing()).as("nothing is cancelled").hasSize(1);
  }

  @Test
  void theBlockOfAStoppedCalendarStaysWhereItIsWhileAnotherBlocksAnotherTime() {
    apply(plan(calendar("one", timed("a", 1, 60)), calendar("two")));
    CalendarMeetings moved = calendar("two", with("copy", timed("a", 3, 60)));

    apply(plan(stopped("one", timed("a", 1, 60)), moved));
    assertThat(standing().values()).containsExactlyInAnyOrder(hours(1), hours(3));

    apply(plan(moved, stopped("one", timed("a", 1, 60))));
    assertThat(standing().values())
        .as("in any order of the calendars")
        .containsExactlyInAnyOrder(hours(1), hours(3));
  }

  @Test
  void aGuardThatStopsTheLaterCalendarChangesNoBlock() {
    CalendarMeetings first = calendar("one", timed("a", 1, 60));
    StoredMeeting copy = with("copy", timed("a", 3, 60));
    apply(plan(first, calendar("two", copy)));

    assertThat(plan(first, stopped("two", copy)).effects()).isEmpty();
    assertThat(plan(first, calendar("two", copy)).effects()).as("and when it goes on").isEmpty();
  }

  @Test
  void aNewCopyInTheFirstCalendarDoesNotMoveTheBlockOfAStoppedOne() {
    CalendarMeetings first = calendar("one", with("copy", timed("a", 3, 60)));
    apply(plan(calendar("one"), calendar("two", timed("a", 1, 60))));

    apply(plan(first, stopped("two", timed("a", 1, 60))));

    assertThat(standing().values()).containsExactlyInAnyOrder(hours(1), hours(3));
    assertThat(standing()).containsEntry(block("a"), hours(1));
  }

  @ParameterizedTest
  @EnumSource(value = State.class, names = "READ", mode = EnumSource.Mode.EXCLUDE)
  void nothingIsCancelledWhileACalendarIsNotKnown(State state) {
    apply(plan(calendar("one", timed("a", 1, 60))));
    CalendarMeetings unknown = new CalendarMeetings("two", RULES, ZONE, WINDOW, state, List.of());

    assertThat(plan(calendar("one"), unknown).effects()).isEmpty();
  }

  @Test
  void nothingIsMadeForAStoppedCalendar() {
    CalendarMeetings stopped =
        new CalendarMeetings("one", RULES, ZONE, WINDOW, State.STOPPED, List.of(timed("a", 1, 60)));

    assertThat(plan(stopped).effects()).isEmpty();
    assertThat(actions(plan(stopped, calendar("two", timed("b", 2, 60)))))
        .as("the other calendar goes on")
        .containsExactly("CREATE");
  }

  @Test
  void whatIsOverOrBeyondTheWindowIsLeftAlone() {
    apply(plan(calendar("one", timed("past", -30, 60), timed("far", 24 * 60, 60))));
    assertThat(ledger).hasSize(1);
    KnownBlock far = ledger.values().iterator().next();
    CalendarMeetings shorter =
        new CalendarMeetings(
            "one",
            RULES,
            ZONE,
            new Interval(WINDOW.start(), NOW.plus(Duration.ofDays(20))),
            State.READ,
            List.of());

    assertThat(plan(shorter).effects()).isEmpty();
    assertThat(
            MeetingPlan.of(
                    List.of(calendar("one")),
                    List.of(far),
                    far.time().orElseThrow().end().plus(Duration.ofDays(2)))
                .effects())
        .as("a block that is over stays in Canvas")
        .isEmpty();
  }

  @Test
  void whatIsOverGetsNoBlockUnlessABlockLeavesATimeToCome() {
    assertThat(plan(calendar("one", timed("a", -2, 60))).effects()).isEmpty();
    assertThat(actions(plan(calendar("one", timed("a", 0, 60))))).containsExactly("CREATE");

    apply(plan(calendar("one", timed("a", 3, 60))));

    assertThat(actions(plan(calendar("one", timed("a", -2, 60))))).containsExactly("MOVE");
  }

  @Test
  void aBlockThatIsLongOverIsForgotten() {
    apply(plan(calendar("one", timed("a", 1, 60))));

    List<BlockEffect> later =
        MeetingPlan.of(List.of(calendar("one")), ledger.values(), NOW.plus(Duration.ofDays(40)))
            .effects();

    assertThat(later).hasSize(1).allMatch(it -> it instanceof BlockEffect.Forget);
  }

  @Test
  void aClinicianWithoutCalendarsLosesTheBlocksToCome() {
    apply(plan(calendar("one", timed("a", 1, 60))));

    assertThat(actions(plan())).containsExactly("CANCEL");
  }

  @Test
  void oneSeriesCountsAsOneMeetingForTheGuard() {
    List<StoredMeeting> series = IntStream.range(0, 40).mapToObj(n -> instance("s", n)).toList();
    List<StoredMeeting> others =
        IntStream.range(0, 30).mapToObj(n -> timed("m" + n, n, 30)).toList();
    List<StoredMeeting> all = Stream.concat(series.stream(), others.stream()).toList();

    assertThat(tooMany(all, others)).as("a series").isFalse();
    assertThat(tooMany(all, all.subList(0, 64))).as("six single meetings of 31").isFalse();
    assertThat(tooMany(all, all.subList(0, 60))).as("ten of 31").isTrue();
    assertThat(tooMany(all, List.of())).as("an empty answer").isTrue();
    assertThat(tooMany(others.subList(0, 5), List.of())).as("a few").isFalse();
  }

  @Test
  void aTimeIsCoveredByBlocksThatTakeAllOfIt() {
    Interval time = Interval.of(NOW, Duration.ofHours(2));
    Interval first = Interval.of(NOW.minusSeconds(60), Duration.ofMinutes(70));
    Interval rest = Interval.of(NOW.plusSeconds(3600), Duration.ofHours(1));

    assertThat(MeetingPlan.isCovered(time, List.of(rest, first))).isTrue();
    assertThat(MeetingPlan.isCovered(time, List.of(time))).isTrue();
    assertThat(MeetingPlan.isCovered(time, List.of(first))).isFalse();
    assertThat(MeetingPlan.isCovered(time, List.of(rest))).isFalse();
    assertThat(MeetingPlan.isCovered(time, List.of())).isFalse();
  }

  /** A seeded walk: people do anything to their meetings, guards stop and go, workers die. */
  @Test
  void afterAnyHistoryTheBlocksAreThoseOfTheMeetings() {
    long seed = Seed.of(MeetingPlanTest.class);
    int moved = 0;
    int shared = 0;
    int cutShort = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      ledger.clear();
      Map<String, StoredMeeting> one = new HashMap<>();
      Map<String, StoredMeeting> two = new HashMap<>();
      for (int step = 0; step < STEPS; step++) {
        shared += change(random, one, two);
        List<CalendarMeetings> calendars = List.of(calendar("one", one), calendar("two", two));
        MeetingPlan plan = MeetingPlan.of(calendars, ledger.values(), NOW);
        moved += (int) actions(plan).stream().filter("MOVE"::equals).count();
        if (random.nextInt(4) == 0) {
          plan.effects().stream().limit(random.nextInt(3)).forEach(this::apply);
          cutShort++;
        } else {
          plan.effects().forEach(this::apply);
        }
      }
      List<CalendarMeetings> calendars = List.of(calendar("one", one), calendar("two", two));
      apply(MeetingPlan.of(calendars, ledger.values(), NOW));

      assertThat(Set.copyOf(standing().values()))
          .as("seed %d round %d", seed, round)
          .isEqualTo(byPolicy(one, two));
      assertThat(standing()).hasSizeLessThanOrEqualTo(2 * byPolicy(one, two).size());
      assertThat(MeetingPlan.of(calendars, ledger.values(), NOW).effects()).isEmpty();
    }
    assertThat(List.of(moved, shared, cutShort)).allMatch(times -> times > ROUNDS / 10);
  }

  /** A seeded walk: guards stop calendars and let them go on, while people move their copies. */
  @Test
  void whileGuardsStopAndGoNoTimeIsLostAndAStopAloneDoesNothing() {
    long seed = Seed.of(MeetingPlanTest.class);
    int stops = 0;
    int atTwoTimes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      ledger.clear();
      Map<String, StoredMeeting> one = new HashMap<>();
      Map<String, StoredMeeting> two = new HashMap<>();
      State stateOfOne = State.READ;
      State stateOfTwo = State.READ;
      for (int step = 0; step < STEPS; step++) {
        stateOfOne = random.nextInt(4) == 0 ? other(stateOfOne) : stateOfOne;
        stateOfTwo = random.nextInt(4) == 0 ? other(stateOfTwo) : stateOfTwo;
        Set<Interval> kept = new HashSet<>(standing().values());
        kept.retainAll(stoppedTimes(one, stateOfOne, two, stateOfTwo));
        change(random, one, stateOfOne);
        change(random, two, stateOfTwo);
        List<CalendarMeetings> calendars =
            List.of(withState("one", one, stateOfOne), withState("two", two, stateOfTwo));

        apply(MeetingPlan.of(calendars, ledger.values(), NOW));

        String where = "seed %d round %d step %d".formatted(seed, round, step);
        Collection<Interval> standing = standing().values();
        assertThat(standing).as(where).containsAll(kept);
        assertThat(standing).as(where).containsAll(timesOf(one, stateOfOne, State.READ));
        assertThat(standing).as(where).containsAll(timesOf(two, stateOfTwo, State.READ));
        assertThat(MeetingPlan.of(calendars, ledger.values(), NOW).effects()).as(where).isEmpty();
        if (stateOfOne == State.READ && stateOfTwo == State.READ) {
          assertThat(standing).as(where).doesNotHaveDuplicates();
          assertThat(effectsOfStops(one, two)).as(where + ": a stop alone").isEmpty();
        }
        stops += stateOfOne == State.STOPPED || stateOfTwo == State.STOPPED ? 1 : 0;
        atTwoTimes += standing.size() > 1 ? 1 : 0;
      }
    }
    assertThat(List.of(stops, atTwoTimes)).allMatch(times -> times > ROUNDS);
  }

  private List<BlockEffect> effectsOfStops(
      Map<String, StoredMeeting> one, Map<String, StoredMeeting> two) {
    List<State> states = List.of(State.READ, State.STOPPED);
    return states.stream()
        .flatMap(ofOne -> states.stream().map(ofTwo -> List.of(ofOne, ofTwo)))
        .map(of -> List.of(withState("one", one, of.get(0)), withState("two", two, of.get(1))))
        .flatMap(all -> MeetingPlan.of(all, ledger.values(), NOW).effects().stream())
        .toList();
  }

  private static State other(State state) {
    return state == State.READ ? State.STOPPED : State.READ;
  }

  /** One meeting, at one of three times. What people do in a stopped calendar is not known. */
  private static void change(Random random, Map<String, StoredMeeting> where, State state) {
    if (state == State.READ && random.nextBoolean()) {
      where.put("m", timed("m", 1 + 2 * random.nextInt(3), 60));
    } else if (state == State.READ && random.nextInt(4) == 0) {
      where.remove("m");
    }
  }

  private static Set<Interval> stoppedTimes(
      Map<String, StoredMeeting> one, State ofOne, Map<String, StoredMeeting> two, State ofTwo) {
    Set<Interval> times = new HashSet<>(timesOf(one, ofOne, State.STOPPED));
    times.addAll(timesOf(two, ofTwo, State.STOPPED));
    return times;
  }

  private static List<Interval> timesOf(
      Map<String, StoredMeeting> meetings, State state, State asked) {
    return state == asked
        ? meetings.values().stream().flatMap(it -> timeOf(it).stream()).toList()
        : List.of();
  }

  private static CalendarMeetings withState(
      String key, Map<String, StoredMeeting> meetings, State state) {
    return new CalendarMeetings(key, RULES, ZONE, WINDOW, state, List.copyOf(meetings.values()));
  }

  private static int change(
      Random random, Map<String, StoredMeeting> one, Map<String, StoredMeeting> two) {
    String id = "m" + random.nextInt(8);
    Map<String, StoredMeeting> where = random.nextBoolean() ? one : two;
    switch (random.nextInt(6)) {
      case 0 -> where.remove(id);
      case 1 -> where.put(id, declined(any(random, id)));
      case 2 -> where.put(id, allDay(id, random.nextInt(60), 1 + random.nextInt(5)));
      default -> where.put(id, any(random, id));
    }
    if (random.nextInt(3) == 0 && one.containsKey(id)) {
      two.put(id, one.get(id));
      return 1;
    }
    return 0;
  }

  private static StoredMeeting any(Random random, String id) {
    return timed(id, random.nextInt(24 * 60), random.nextInt(100));
  }

  /** What the table says, computed in another way than the plan does. */
  private static Set<Interval> byPolicy(
      Map<String, StoredMeeting> one, Map<String, StoredMeeting> two) {
    Set<Interval> expected = new HashSet<>();
    one.values().forEach(meeting -> timeOf(meeting).ifPresent(time -> addDays(time, expected)));
    for (StoredMeeting meeting : two.values()) {
      Optional<Interval> first =
          Optional.ofNullable(one.get(meeting.event())).flatMap(MeetingPlanTest::timeOf);
      timeOf(meeting)
          .filter(time -> first.filter(it -> contains(it, time)).isEmpty())
          .ifPresent(time -> addDays(time, expected));
    }
    return expected;
  }

  private static boolean contains(Interval outer, Interval inner) {
    return !outer.start().isAfter(inner.start()) && !outer.end().isBefore(inner.end());
  }

  private static Optional<Interval> timeOf(StoredMeeting meeting) {
    return MeetingPolicy.of(meeting.facts(), RULES, ZONE).time();
  }

  private static void addDays(Interval time, Set<Interval> days) {
    MeetingPolicy.parts(time, ZONE, WINDOW).forEach(part -> days.add(part.time()));
  }

  private Map<String, Interval> standing() {
    return ledger.values().stream()
        .filter(KnownBlock::mayExist)
        .collect(Collectors.toMap(KnownBlock::block, it -> it.time().orElseThrow()));
  }

  private MeetingPlan plan(CalendarMeetings... calendars) {
    return MeetingPlan.of(List.of(calendars), ledger.values(), NOW);
  }

  private void apply(MeetingPlan plan) {
    plan.effects().forEach(this::apply);
  }

  private void apply(BlockEffect effect) {
    effect.fold(
        put -> ledger.put(put.block(), known(put.block(), put.wanted().fingerprint(), "id")),
        cancel ->
            ledger.put(
                cancel.block(), known(cancel.block(), KnownBlock.removalOf(cancel.time()), "")),
        forget -> ledger.remove(forget.block()));
  }

  private static KnownBlock known(String block, String fingerprint, String external) {
    return new KnownBlock(block, new Entry(Entry.State.DONE, fingerprint, external, 0, NOW));
  }

  private static List<String> actions(MeetingPlan plan) {
    return plan.effects().stream()
        .map(
            effect ->
                effect.fold(put -> put.action().name(), cancel -> "CANCEL", forget -> "FORGET"))
        .toList();
  }

  private static List<Optional<String>> titles(MeetingPlan plan) {
    List<Optional<String>> titles = new ArrayList<>();
    plan.effects()
        .forEach(
            effect ->
                effect.fold(
                    put -> titles.add(put.wanted().title().text()),
                    cancel -> true,
                    forget -> true));
    return titles;
  }

  private static boolean tooMany(List<StoredMeeting> before, List<StoredMeeting> after) {
    return RemovalGuard.isTooMany(calendar("one", before), calendar("one", after), WINDOW, LIMITS);
  }

  private static CalendarMeetings calendar(String key, StoredMeeting... meetings) {
    return calendar(key, List.of(meetings));
  }

  private static CalendarMeetings calendar(String key, Map<String, StoredMeeting> meetings) {
    return calendar(key, meetings.values());
  }

  private static CalendarMeetings calendar(String key, Collection<StoredMeeting> meetings) {
    return new CalendarMeetings(key, RULES, ZONE, WINDOW, State.READ, List.copyOf(meetings));
  }

  private static CalendarMeetings stopped(String key, StoredMeeting... meetings) {
    return new CalendarMeetings(key, RULES, ZONE, WINDOW, State.STOPPED, List.of(meetings));
  }

  /** The hour that begins in so many hours. */
  private static Interval hours(int hours) {
    return Interval.of(NOW.plus(Duration.ofHours(hours)), Duration.ofHours(1));
  }

  /** The same meeting as another event. */
  private static StoredMeeting with(String event, StoredMeeting one) {
    return new StoredMeeting(
        event,
        one.series(),
        one.block(),
        one.when(),
        one.availability(),
        one.kind(),
        one.answer(),
        false,
        false,
        false,
        one.subjectDigest());
  }

  private static String block(String id) {
    return Digest.of("block", id);
  }

  private static StoredMeeting timed(String id, int hours, int minutes) {
    Instant start = NOW.plus(Duration.ofHours(hours));
    return meeting(id, new Timed(start, start.plus(Duration.ofMinutes(minutes))));
  }

  private static StoredMeeting allDay(String id, int day, int days) {
    LocalDate first = LocalDate.ofInstant(NOW, ZONE).plusDays(day);
    return meeting(id, new AllDay(first, first.plusDays(days)));
  }

  private static StoredMeeting instance(String series, int number) {
    StoredMeeting one = timed(series + number, number, 30);
    return new StoredMeeting(
        one.event(),
        Optional.of(series),
        one.block(),
        one.when(),
        one.availability(),
        one.kind(),
        one.answer(),
        false,
        false,
        false,
        Optional.empty());
  }

  private static StoredMeeting meeting(String id, When when) {
    return new StoredMeeting(
        id,
        Optional.empty(),
        block(id),
        when,
        Availability.BUSY,
        Kind.DEFAULT,
        Answer.ACCEPTED,
        false,
        false,
        false,
        Optional.of("subject of " + id));
  }

  private static StoredMeeting declined(StoredMeeting one) {
    return new StoredMeeting(
        one.event(),
        one.series(),
        one.block(),
        one.when(),
        one.availability(),
        one.kind(),
        Answer.DECLINED,
        false,
        false,
        false,
        one.subjectDigest());
  }

  private static StoredMeeting with(StoredMeeting one, String subject, boolean isPrivate) {
    return new StoredMeeting(
        one.event(),
        one.series(),
        one.block(),
        one.when(),
        one.availability(),
        one.kind(),
        one.answer(),
        false,
        isPrivate,
        false,
        Optional.of(subject));
  }

  private static Meetings rules(boolean subject) {
    Meetings usual = Meetings.DEFAULT;
    return new Meetings(
        Optional.of(EVENT),
        usual.title(),
        subject,
        usual.minimumLength(),
        usual.blocks(),
        usual.checkAtBooking(),
        usual.staffMayFree(),
        usual.poll(),
        usual.zone());
  }
}
