package clinic.scheduling.calendars.meeting;

import static clinic.scheduling.calendars.meeting.Planned.LOS_ANGELES;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.Sandboxes;
import clinic.scheduling.calendars.meeting.Planned.Rule;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import io.quarkus.test.common.QuarkusTestResource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link MeetingSource}, which each provider keeps over its stand-in. */
@QuarkusTestResource(OutsideWorld.class)
public abstract class MeetingSourceContract {
  protected static final String MAILBOX = "ingrid.testwell@example.invalid";
  protected static final Interval WINDOW =
      new Interval(Instant.parse("2027-02-01T08:00:00Z"), Instant.parse("2027-04-01T07:00:00Z"));
  private static final Interval THREE_YEARS =
      new Interval(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));
  private static final Instant NINE = Instant.parse("2027-02-03T17:00:00Z");

  protected Sandbox sandbox;
  protected Sandboxes by;
  private KnownMeetings known;

  protected abstract MeetingSource source();

  protected abstract Calendar calendar();

  protected abstract Faults faults();

  /** The calls that read meetings, as a fault matches them. */
  protected abstract String rounds();

  /** The provider's code for a lack of rights. */
  protected abstract String noRights();

  /** A person puts a meeting into the calendar. Returns its id. */
  protected abstract String make(Planned planned);

  /** A person gives a meeting, or one instance, another time. */
  protected abstract void move(String id, Planned to);

  /** A person makes a series of a meeting, or gives a series another rule. */
  protected abstract void recur(String id, Planned to);

  /** A person makes a single meeting of a series. */
  protected abstract void recurNoMore(String id);

  protected abstract void rename(String id, String title);

  protected abstract void delete(String id);

  protected abstract void decline(String id);

  protected abstract void makePrivate(String id);

  protected abstract void showAsFree(String id);

  /** A person copies an event to another time, with everything hidden in it. */
  protected abstract void copy(String id, Planned to);

  /** The provider forgets all cursors. */
  protected abstract void killCursors();

  @BeforeEach
  void empty() {
    sandbox.graph().reset();
    sandbox.google().reset();
    by = new Sandboxes(sandbox);
    known = new KnownMeetings(source(), MAILBOX, WINDOW);
  }

  @AfterEach
  void nothingThatWasExchangedBreaksTheProvidersOwnDescription() {
    by.assertThatDescriptionsHold();
  }

  @Test
  void aMeetingIsReadWithItsTimeAndHowItIsShown() {
    String id = make(Planned.at("2027-02-03T09:00"));

    Meeting meeting = only();

    assertThat(meeting.id()).isEqualTo(id);
    assertThat(meeting.uid()).isNotBlank();
    assertThat(meeting.series()).isEmpty();
    assertThat(meeting.originalStart()).isEmpty();
    assertThat(meeting.when()).isEqualTo(new Timed(NINE, NINE.plusSeconds(3600)));
    assertThat(meeting.availability()).isEqualTo(Availability.BUSY);
    assertThat(meeting.kind()).isEqualTo(Kind.DEFAULT);
    assertThat(meeting.answer()).isEqualTo(Answer.ACCEPTED);
    assertThat(meeting.isCancelled()).isFalse();
    assertThat(meeting.isPrivate()).isFalse();
    assertThat(meeting.isOurs()).isFalse();
    assertThat(meeting.subject()).contains(Phi.of("Board"));
  }

  @Test
  void aRoundWithoutChangesIsEmptyAndOneCall() {
    make(Planned.at("2027-02-03T09:00"));
    known.read();
    faults().add(new Fault(Fault.Kind.SLOW, 1, "GET", 0, "", null, 0));
    faults().add(new Fault(Fault.Kind.STATUS, 1, "GET", 500, "", null, 0));

    MeetingRound round = source().changesSince(MAILBOX, WINDOW, known.cursor());

    assertThat(round)
        .isInstanceOfSatisfying(
            MeetingRound.Read.class, read -> assertThat(read.changes()).isEmpty());
  }

  @Test
  void aSeriesIsReadInstanceByInstanceUnderOneUid() {
    String series = make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(5)));

    known.read();

    assertThat(starts()).containsExactlyElementsOf(days("2027-02-03T17:00:00Z", 5));
    assertThat(known.all()).extracting(Meeting::series).containsOnly(Optional.of(series));
    assertThat(known.all().stream().map(Meeting::uid).distinct()).hasSize(1);
    assertThat(known.all()).extracting(Meeting::id).doesNotHaveDuplicates().doesNotContain(series);
    assertThat(known.all())
        .allSatisfy(one -> assertThat(one.originalStart()).contains(((Timed) one.when()).start()));
    assertThat(known.all()).extracting(Meeting::availability).containsOnly(Availability.BUSY);
  }

  @Test
  void aWeekHasSeveralDaysOfASeries() {
    make(Planned.at("2027-02-04T09:00").recurring(Rule.mondaysAndThursdays(4)));

    known.read();

    assertThat(starts())
        .containsExactly(
            Instant.parse("2027-02-04T17:00:00Z"),
            Instant.parse("2027-02-08T17:00:00Z"),
            Instant.parse("2027-02-11T17:00:00Z"),
            Instant.parse("2027-02-15T17:00:00Z"));
  }

  @Test
  void aMonthHasAWeekdayOfASeriesAndTheClockChanges() {
    make(Planned.at("2027-02-09T09:00").recurring(Rule.secondTuesdayOfTheMonth(2)));
    make(Planned.at("2027-03-13T09:00").recurring(Rule.daily(3)));

    known.read();

    assertThat(starts())
        .containsExactly(
            Instant.parse("2027-02-09T17:00:00Z"),
            Instant.parse("2027-03-09T17:00:00Z"),
            Instant.parse("2027-03-13T17:00:00Z"),
            Instant.parse("2027-03-14T16:00:00Z"),
            Instant.parse("2027-03-15T16:00:00Z"));
  }

  @Test
  void aSeriesWithoutAnEndEndsWithTheWindow() {
    make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(0)));

    known.read();

    assertThat(starts()).hasSize(57).last().isEqualTo(Instant.parse("2027-03-31T16:00:00Z"));
  }

  @Test
  void anInstanceThatWasMovedKeepsTheStartThatItsSeriesGaveIt() {
    make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(3)));
    String second = idAt(known.read(), "2027-02-04T17:00:00Z");

    move(second, Planned.at("2027-02-04T15:00"));

    Meeting moved = withId(known.read(), second);
    assertThat(moved.when())
        .isEqualTo(
            new Timed(
                Instant.parse("2027-02-04T23:00:00Z"), Instant.parse("2027-02-05T00:00:00Z")));
    assertThat(moved.originalStart()).contains(Instant.parse("2027-02-04T17:00:00Z"));
    assertThat(known.all().stream().map(Meeting::uid).distinct()).hasSize(1);
    assertThat(known.all()).containsExactlyElementsOf(anew());
  }

  @Test
  void aWholeSeriesIsMoved() {
    String series = make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(3)));
    known.read();

    move(series, Planned.at("2027-02-03T10:00").recurring(Rule.daily(3)));

    assertThat(known.read().all()).containsExactlyElementsOf(anew());
    assertThat(starts()).containsExactlyElementsOf(days("2027-02-03T18:00:00Z", 3));
  }

  @Test
  void anAllDayMeetingIsOnDaysInWhicheverZoneItWasMade() {
    make(Planned.allDay("2027-02-03", 1, LOS_ANGELES));
    make(Planned.allDay("2027-02-05", 2, ZoneId.of("UTC")));

    known.read();

    assertThat(known.all())
        .extracting(Meeting::when)
        .containsExactlyInAnyOrder(
            new AllDay(LocalDate.parse("2027-02-03"), LocalDate.parse("2027-02-04")),
            new AllDay(LocalDate.parse("2027-02-05"), LocalDate.parse("2027-02-07")));
  }

  @Test
  void theOriginalStartOfAnAllDayInstanceIsItsDayInUtc() {
    make(Planned.allDay("2027-03-13", 1, LOS_ANGELES).recurring(Rule.daily(3)));

    known.read();

    assertThat(known.all().stream().map(it -> it.originalStart().orElseThrow()).sorted())
        .containsExactly(
            Instant.parse("2027-03-13T00:00:00Z"),
            Instant.parse("2027-03-14T00:00:00Z"),
            Instant.parse("2027-03-15T00:00:00Z"));
    assertThat(known.all())
        .extracting(Meeting::when)
        .contains(new AllDay(LocalDate.parse("2027-03-14"), LocalDate.parse("2027-03-15")));
  }

  @Test
  void whatIsMovedOutOfTheWindowIsRemovedAndComesBack() {
    String id = make(Planned.at("2027-02-03T09:00"));
    known.read();

    move(id, Planned.at("2027-06-03T09:00"));
    assertThat(known.read().all()).isEmpty();

    move(id, Planned.at("2027-02-04T09:00"));
    assertThat(known.read().all()).extracting(Meeting::id).containsExactly(id);
  }

  @Test
  void whatHappensOutsideTheWindowIsAtMostARemovalOfSomethingUnknown() {
    make(Planned.at("2027-02-03T09:00"));
    known.read();
    make(Planned.at("2027-06-03T09:00"));
    delete(make(Planned.at("2027-06-04T09:00")));

    assertThat(known.read().all()).hasSize(1);
  }

  @Test
  void aDeletedMeetingIsRemoved() {
    String id = make(Planned.at("2027-02-03T09:00"));
    known.read();

    delete(id);

    assertThat(known.read().all()).isEmpty();
  }

  @Test
  void aDeletedInstanceIsRemovedAndTheOthersStay() {
    make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(3)));

    delete(idAt(known.read(), "2027-02-04T17:00:00Z"));

    known.read();
    assertThat(starts())
        .containsExactly(
            Instant.parse("2027-02-03T17:00:00Z"), Instant.parse("2027-02-05T17:00:00Z"));
    assertThat(known.all()).containsExactlyElementsOf(anew());
  }

  @Test
  void aDeletedSeriesIsRemovedWithItsMovedInstances() {
    String series = make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(3)));
    move(idAt(known.read(), "2027-02-04T17:00:00Z"), Planned.at("2027-02-04T15:00"));
    known.read();

    delete(series);

    assertThat(known.read().all()).isEmpty();
  }

  @Test
  void aSeriesThatBecomesShorterLosesInstances() {
    Planned five = Planned.at("2027-02-03T09:00").recurring(Rule.daily(5));
    String series = make(five);
    known.read();

    recur(series, five.recurring(Rule.daily(2)));

    known.read();
    assertThat(starts()).containsExactlyElementsOf(days("2027-02-03T17:00:00Z", 2));
  }

  @Test
  void aMeetingBecomesASeriesAndASingleMeetingAgain() {
    Planned once = Planned.at("2027-02-03T09:00");
    String id = make(once);
    known.read();

    recur(id, once.recurring(Rule.daily(3)));
    assertThat(known.read().all()).hasSize(3).extracting(Meeting::id).doesNotContain(id);

    recurNoMore(id);
    assertThat(known.read().all()).extracting(Meeting::id).containsExactly(id);
  }

  @Test
  void aNewTitleOfASeriesIsReadForEachInstance() {
    String series = make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(3)));
    known.read();

    rename(series, "Rounds");

    assertThat(known.read().all())
        .hasSize(3)
        .extracting(Meeting::subject)
        .containsOnly(Optional.of(Phi.of("Rounds")));
  }

  @Test
  void aDeadCursorSaysSoAndAFullRoundBeginsAnew() {
    make(Planned.at("2027-02-03T09:00"));
    known.read();

    killCursors();

    assertThat(source().changesSince(MAILBOX, WINDOW, known.cursor()))
        .isEqualTo(new MeetingRound.CursorExpired());
    assertThat(anew()).hasSize(1);
  }

  @Test
  void aCursorThatIsNoneIsOfNoUse() {
    make(Planned.at("2027-02-03T09:00"));

    assertThat(source().changesSince(MAILBOX, WINDOW, "https://elsewhere.example.invalid/delta"))
        .isEqualTo(new MeetingRound.CursorExpired());
  }

  @Test
  void manyInstancesAreReadPageByPage() {
    make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(600)));
    known = new KnownMeetings(source(), MAILBOX, THREE_YEARS);

    assertThat(known.read().all()).hasSize(600);
  }

  @Test
  void aRoundThatFailsOnAnyPageIsNotUsedAndCanBeRepeated() {
    known = new KnownMeetings(source(), MAILBOX, THREE_YEARS).read();
    make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(600)));
    faults().add(new Fault(Fault.Kind.SLOW, 1, rounds(), 0, "", null, 0));
    faults().add(new Fault(Fault.Kind.STATUS, 1, rounds(), 429, "", "9", 0));

    assertThat(source().changesSince(MAILBOX, THREE_YEARS, known.cursor()))
        .isEqualTo(unreadable(new CalendarOutcome.TryLater(Duration.ofSeconds(9))));
    assertThat(known.read().all()).hasSize(600);
  }

  @Test
  void aSeriesHasALimit() {
    make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(MeetingSource.MOST_OF_A_SERIES + 1)));

    assertThat(source().readAll(MAILBOX, THREE_YEARS))
        .isEqualTo(new MeetingRound.TooMany(MeetingSource.MOST_OF_A_SERIES));
    assertThat(anew()).hasSize(57);
  }

  @Test
  void aCalendarHasALimit() {
    for (int i = 0; i < 6; i++) {
      make(Planned.at("2027-02-03T09:00").recurring(Rule.daily(700)));
    }

    assertThat(source().readAll(MAILBOX, THREE_YEARS))
        .isEqualTo(new MeetingRound.TooMany(MeetingSource.MOST_INSTANCES));
  }

  @Test
  void aLackOfRightsMayPass() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, rounds(), 403, noRights(), null, 0));

    assertThat(source().readAll(MAILBOX, WINDOW))
        .isInstanceOfSatisfying(
            MeetingRound.Unreadable.class,
            round -> assertThat(round.why()).isInstanceOf(CalendarOutcome.Denied.class));
  }

  @Test
  void anAnswerThatIsLostIsUnknown() {
    faults().add(new Fault(Fault.Kind.CUT, 2, rounds(), 0, "", null, 0));

    assertThat(source().readAll(MAILBOX, WINDOW))
        .isInstanceOfSatisfying(
            MeetingRound.Unreadable.class,
            round -> assertThat(round.why()).isInstanceOf(CalendarOutcome.Unknown.class));
  }

  @Test
  void aTokenThatWasRevokedIsReplaced() {
    make(Planned.at("2027-02-03T09:00"));
    known.read();
    by.revokeTokens();
    make(Planned.at("2027-02-04T09:00"));

    assertThat(known.read().all()).hasSize(2);
  }

  @Test
  void theMeetingsOfAMailboxThatDoesNotExistAreRefused() {
    assertThat(source().readAll("nobody@example.invalid", WINDOW))
        .isInstanceOfSatisfying(
            MeetingRound.Unreadable.class,
            round -> assertThat(round.why()).isInstanceOf(CalendarOutcome.Refused.class));
  }

  @Test
  void ourEntriesAreOursInEveryRound() {
    String first = entry();
    assertThat(withId(known.read(), first).isOurs()).isTrue();

    String second = entry();
    assertThat(withId(known.read(), second).isOurs()).isTrue();
    make(Planned.at("2027-02-04T09:00"));
    assertThat(known.read().all()).filteredOn(Meeting::isOurs).hasSize(2);
  }

  @Test
  void anEntryThatSomebodyChangedOrCopiedOrMadeRecurringIsStillOurs() {
    String id = entry();
    known.read();

    rename(id, "Lunch");
    copy(id, Planned.at("2027-02-05T12:00"));
    assertThat(known.read().all()).hasSize(2).allMatch(Meeting::isOurs);

    recur(id, Planned.at("2027-02-03T09:00").recurring(Rule.daily(3)));
    assertThat(known.read().all()).hasSize(4).allMatch(Meeting::isOurs);
  }

  @Test
  void anInvitationThatTheOwnerDeclinedIsDeclined() {
    String id = make(Planned.at("2027-02-03T09:00"));
    known.read();

    decline(id);

    assertThat(withId(known.read(), id).answer()).isEqualTo(Answer.DECLINED);
  }

  @Test
  void aPrivateMeetingIsPrivateAndAFreeOneFree() {
    String secret = make(Planned.at("2027-02-03T09:00"));
    String free = make(Planned.at("2027-02-04T09:00").recurring(Rule.daily(2)));
    known.read();

    makePrivate(secret);
    showAsFree(free);

    assertThat(withId(known.read(), secret).isPrivate()).isTrue();
    assertThat(known.all())
        .filteredOn(it -> it.availability() == Availability.FREE)
        .hasSize(2)
        .allMatch(it -> it.series().isPresent());
  }

  /** What rounds add up to is what a full round shows, whatever people have done. */
  @Test
  void roundsAddUpToWhatAFullRoundShows() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("meetings: -Dseed=" + seed);
    Random random = new Random(seed);
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      actions.addAll(List.of(Action.values()));
    }
    Collections.shuffle(actions, random);
    Person person = new Person(random);
    for (Action action : actions) {
      person.act(action);
      if (random.nextInt(3) > 0) {
        assertThat(known.read().all())
            .as("seed " + seed + " after " + action)
            .containsExactlyElementsOf(anew());
      }
    }
    assertThat(person.done).as("seed " + seed).containsAll(EnumSet.allOf(Action.class));
  }

  /** What a person, or the provider, does. */
  private enum Action {
    MAKE,
    MAKE_SERIES,
    MOVE,
    DELETE,
    RENAME,
    SHOW_AS_FREE,
    MAKE_RECURRING,
    MAKE_SINGLE,
    MOVE_INSTANCE,
    DELETE_INSTANCE,
    MAKE_INSTANCE_PRIVATE,
    LOSE_CURSOR
  }

  /** Somebody who does random things with the calendar. */
  private final class Person {
    private final Random random;
    private final List<String> singles = new ArrayList<>();
    private final List<String> series = new ArrayList<>();
    private final Set<Action> done = EnumSet.noneOf(Action.class);

    Person(Random random) {
      this.random = random;
    }

    void act(Action action) {
      done.add(action);
      switch (action) {
        case MAKE -> singles.add(make(someTime()));
        case MAKE_SERIES -> series.add(make(someTime().recurring(someDays())));
        case MOVE -> move(single(), someTime());
        case DELETE -> delete(one(random.nextBoolean() ? singles : series, true));
        case RENAME -> rename(anyEvent(), "Title " + random.nextInt(100));
        case SHOW_AS_FREE -> showAsFree(anyEvent());
        case MAKE_RECURRING -> {
          Planned first = someTime();
          String id = make(first);
          known.read();
          recur(id, first.recurring(someDays()));
          series.add(id);
        }
        case MAKE_SINGLE -> {
          String id = make(someTime().recurring(someDays()));
          known.read();
          recurNoMore(id);
          singles.add(id);
        }
        case MOVE_INSTANCE -> {
          Meeting instance = instance();
          LocalDateTime start =
              LocalDateTime.ofInstant(instance.originalStart().orElseThrow(), LOS_ANGELES);
          move(instance.id(), Planned.at(start.plusHours(1 + random.nextInt(3)).toString()));
        }
        case DELETE_INSTANCE -> delete(instance().id());
        case MAKE_INSTANCE_PRIVATE -> makePrivate(instance().id());
        case LOSE_CURSOR -> {
          killCursors();
          known.forget();
        }
        default -> throw new AssertionError(action);
      }
    }

    private Planned someTime() {
      return Planned.at(
          LocalDateTime.parse("2027-01-25T09:00")
              .plusDays(random.nextInt(70))
              .plusHours(random.nextInt(8))
              .toString());
    }

    private Rule someDays() {
      int count = 2 + random.nextInt(8);
      return random.nextBoolean() ? Rule.daily(count) : Rule.daily(0);
    }

    private String single() {
      if (singles.isEmpty()) {
        act(Action.MAKE);
      }
      return one(singles, false);
    }

    private String anyEvent() {
      return series.isEmpty() || random.nextBoolean() ? single() : one(series, false);
    }

    private String one(List<String> ids, boolean forEver) {
      if (ids.isEmpty()) {
        ids.add(make(someTime()));
      }
      int index = random.nextInt(ids.size());
      return forEver ? ids.remove(index) : ids.get(index);
    }

    /** An instance in the window. */
    private Meeting instance() {
      List<Meeting> all =
          new KnownMeetings(source(), MAILBOX, WINDOW)
              .read().all().stream()
                  .filter(it -> series.contains(it.series().orElse("")))
                  .sorted(comparing(this::position))
                  .toList();
      if (all.isEmpty()) {
        series.add(make(Planned.at("2027-02-10T09:00").recurring(someDays())));
        return instance();
      }
      return all.get(random.nextInt(all.size()));
    }

    /** The same for the same seed, although providers choose other ids each time. */
    private String position(Meeting instance) {
      return instance.originalStart().orElseThrow()
          + "/"
          + series.indexOf(instance.series().orElseThrow());
    }
  }

  private String entry() {
    EntryName name = new EntryName(UUID.randomUUID().toString(), "binding-1", 0);
    CalendarEntry entry =
        new CalendarEntry(
            Phi.of("Busy"),
            Phi.of(""),
            Phi.of(""),
            CalendarEntry.NO_ADDRESS,
            Interval.of(NINE, Duration.ofMinutes(30)),
            LOS_ANGELES,
            false);
    return calendar().create(MAILBOX, name, entry).asExists().orElseThrow().externalId();
  }

  /** The only meeting in the calendar. */
  protected Meeting only() {
    assertThat(known.read().all()).hasSize(1);
    return known.all().iterator().next();
  }

  protected KnownMeetings known() {
    return known;
  }

  /** What a reader knows who has read nothing before. */
  private List<Meeting> anew() {
    return List.copyOf(new KnownMeetings(source(), MAILBOX, WINDOW).read().all());
  }

  private List<Instant> starts() {
    return known.all().stream().map(it -> ((Timed) it.when()).start()).sorted().toList();
  }

  private static String idAt(KnownMeetings known, String start) {
    return known.all().stream()
        .filter(it -> ((Timed) it.when()).start().equals(Instant.parse(start)))
        .findFirst()
        .orElseThrow()
        .id();
  }

  protected static Meeting withId(KnownMeetings known, String id) {
    return known.all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Instant> days(String first, int count) {
    return IntStream.range(0, count)
        .mapToObj(day -> Instant.parse(first).plus(Duration.ofDays(day)))
        .toList();
  }

  private static MeetingRound unreadable(CalendarOutcome.Failure why) {
    return new MeetingRound.Unreadable(why);
  }
}
