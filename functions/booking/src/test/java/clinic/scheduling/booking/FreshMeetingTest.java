package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.testing.MeetingsByHand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A meeting that was made just now refuses a booking and a move, although Canvas does not show it
 * yet. A calendar that cannot be read does not.
 */
@QuarkusTest
@TestProfile(BlockingMeetings.class)
@QuarkusTestResource(OutsideWithCalendars.class)
class FreshMeetingTest extends BookingCase {
  private static final String INGRIDS = "ingrid.testwell@example.invalid";
  private static final ZoneId CLINIC = ZoneId.of("America/Los_Angeles");
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final String LIST = "GET .*(events|calendarView)";
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private MeetingsByHand people;

  @BeforeEach
  void emptyCalendars() {
    sandbox.graph().reset();
    sandbox.google().reset();
    people = new MeetingsByHand(sandbox);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aMeetingThatWasMadeJustNowRefusesTheBooking(Provider provider) {
    Instant start = desk.freshStart();
    make(provider, start, start.plus(HALF_AN_HOUR), "");

    Answer answer = book(start);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.type()).isEqualTo("slot-taken");
    assertThat(standingAt(start)).isEmpty();
    assertThat(HoldBook.at(clock.instant(), rows)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aMeetingThatOnlyTouchesTheVisitDoesNot(Provider provider) {
    Instant start = desk.freshStart();
    make(provider, start.minus(HALF_AN_HOUR), start, "");
    make(provider, start.plus(HALF_AN_HOUR), start.plus(Duration.ofHours(1)), "");

    assertThat(book(start).status()).isEqualTo(201);
  }

  static Stream<String> whatDoesNotBlock() {
    return Stream.of(
        "\"showAs\":\"free\"",
        "\"showAs\":\"workingElsewhere\"",
        "\"responseStatus\":{\"response\":\"declined\"}",
        "\"isCancelled\":true",
        "\"transparency\":\"transparent\"",
        "\"attendees\":[{\"email\":\"%s\",\"self\":true,\"responseStatus\":\"declined\"}]"
            .formatted(INGRIDS),
        "\"status\":\"cancelled\"");
  }

  @ParameterizedTest
  @MethodSource("whatDoesNotBlock")
  void aMeetingThatBlocksNothingDoesNotRefuse(String how) {
    Instant start = desk.freshStart();
    boolean google = how.matches("\"(transparency|attendees|status)\".*");
    make(google ? Provider.GOOGLE : Provider.OUTLOOK, start, start.plus(HALF_AN_HOUR), how);

    assertThat(book(start).status()).isEqualTo(201);
  }

  @Test
  void aMeetingShorterThanTheMinimumDoesNotRefuse() {
    Instant start = desk.freshStart();
    make(Provider.OUTLOOK, start, start.plus(Duration.ofMinutes(4)), "");

    assertThat(book(start).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anAllDayMeetingRefusesTheWholeDayOfTheClinic(Provider provider) {
    Instant start = desk.freshStart();
    LocalDate day = LocalDate.ofInstant(start, CLINIC);
    makeAllDay(provider, day);

    assertThat(book(start).type()).isEqualTo("slot-taken");
    assertThat(book(day.atTime(16, 30).atZone(CLINIC).toInstant()).type()).isEqualTo("slot-taken");
  }

  @Test
  void anAllDayMeetingOfTheNextDayDoesNotRefuse() {
    Instant start = desk.freshStart();
    LocalDate day = LocalDate.ofInstant(start, CLINIC);
    makeAllDay(Provider.OUTLOOK, day.plusDays(1));
    makeAllDay(Provider.GOOGLE, day.minusDays(1));

    assertThat(book(start).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aMeetingRefusesAMoveAndTheVisitStays(Provider provider) {
    Instant before = desk.freshStart();
    Answer booked = book(before);
    Instant start = desk.freshStart();
    make(provider, start, start.plus(HALF_AN_HOUR), "");

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(start));

    assertThat(moved.type()).isEqualTo("slot-taken");
    assertThat(standingAt(before)).extracting("id").containsExactly(booked.id());
    assertThat(standingAt(start)).isEmpty();
    assertThat(HoldBook.at(clock.instant(), rows))
        .extracting(held -> held.time().start())
        .containsExactly(before);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void entriesThatWeHaveWrittenRefuseNeitherABookingNorAMove(Provider provider) {
    Instant start = desk.freshStart();
    makeOurs(provider, start);
    Answer booked = book(start);
    Instant later = desk.freshStart();
    makeOurs(provider, later);

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(later));

    assertThat(booked.status()).isEqualTo(201);
    assertThat(moved.status()).isEqualTo(200);
    assertThat(standingAt(later)).extracting("id").containsExactly(booked.id());
  }

  @Test
  void aMeetingBesideAnEntryOfOursRefuses() {
    Instant start = desk.freshStart();
    makeOurs(Provider.GOOGLE, start);
    make(Provider.GOOGLE, start, start.plus(HALF_AN_HOUR), "");

    assertThat(book(start).type()).isEqualTo("slot-taken");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aRepeatOfABookingWhoseEntryStandsGetsTheSameAnswer(Provider provider) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    Answer first = calls.book(key, body);
    makeOurs(provider, start);
    make(provider, start, start.plus(HALF_AN_HOUR), "");

    Answer again = calls.book(key, body);

    assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(again.id()).isEqualTo(first.id());
  }

  @Test
  void aBookingWhoseAnswerWasLostIsNotRefusedByALaterMeeting() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    pace.beforeEach(this::loseTheAnswerOfTheCreate);
    Answer first = calls.book(key, body);
    pace.calm();
    sandbox.canvas().faults().clear();
    make(Provider.OUTLOOK, start, start.plus(HALF_AN_HOUR), "");

    Answer again = calls.book(key, body);

    assertThat(first.status()).isEqualTo(503);
    assertThat(again.status()).isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
  }

  /** What may happen to a call, and the word that is logged for it. */
  record Trouble(String word, Fault fault) {
    @Override
    public String toString() {
      return word + " " + fault.kind();
    }
  }

  static Stream<Trouble> troubles() {
    return Stream.of(
        new Trouble("slow", fault(Fault.Kind.SLOW, 0, "", 3)),
        new Trouble("failed", fault(Fault.Kind.STATUS, 503, "", 0)),
        new Trouble("failed", fault(Fault.Kind.PAGE, 502, "", 0)),
        new Trouble("failed", fault(Fault.Kind.CUT, 0, "", 0)),
        new Trouble("throttled", fault(Fault.Kind.STATUS, 429, "", 0)),
        new Trouble("denied", fault(Fault.Kind.STATUS, 403, "insufficientPermissions", 0)));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatIsKnownDecidesIfNoCalendarCanBeRead(Trouble trouble) {
    Instant start = desk.freshStart();
    for (Provider provider : Provider.values()) {
      make(
          provider, start, start.plus(HALF_AN_HOUR), "\"%s\":\"Lunch\"".formatted(title(provider)));
      faults(provider).add(trouble.fault());
    }

    try (LogLines log = new LogLines()) {
      Instant asked = SystemClock.utc().instant();
      Answer answer = book(start);
      Duration took = Duration.between(asked, SystemClock.utc().instant());

      assertThat(answer.status()).isEqualTo(201);
      assertThat(took).isLessThan(LIMIT.plusSeconds(2));
      assertThat(log.text().lines().filter(line -> line.contains("meetings-unread")))
          .hasSize(2)
          .allMatch(line -> line.contains("why=" + trouble.word()))
          .anyMatch(line -> line.contains("binding=outlook-"))
          .anyMatch(line -> line.contains("binding=google-"));
      assertThat(log.text()).doesNotContain(INGRIDS, "Lunch");
      assertThat(log.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void oneCalendarThatCannotBeReadDoesNotHideAMeetingInTheOther(Provider readable) {
    Instant start = desk.freshStart();
    make(readable, start, start.plus(HALF_AN_HOUR), "");
    faults(other(readable)).add(fault(Fault.Kind.STATUS, 503, "", 0));

    assertThat(book(start).type()).isEqualTo("slot-taken");
  }

  @Test
  void bothCalendarsAreAskedAtOnce() {
    Instant start = desk.freshStart();
    for (Provider provider : Provider.values()) {
      book(desk.freshStart()); // gets the tokens
      faults(provider).add(fault(Fault.Kind.SLOW, 0, "", 1.2));
    }
    make(Provider.GOOGLE, start, start.plus(HALF_AN_HOUR), "");

    try (LogLines log = new LogLines()) {
      assertThat(book(start).type()).isEqualTo("slot-taken");
      assertThat(log.text()).doesNotContain("meetings-unread");
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aMailboxIsLeftAloneForAsLongAsItsProviderAsks(Provider provider) {
    Instant start = desk.freshStart();
    faults(provider).add(new Fault(Fault.Kind.STATUS, 1, LIST, 429, "", "7", 0));
    book(desk.freshStart());
    make(provider, start, start.plus(HALF_AN_HOUR), "");

    try (LogLines log = new LogLines()) {
      assertThat(book(start).status()).isEqualTo(201);
      assertThat(log.text()).contains("why=paused");
    }

    Instant next = desk.freshStart();
    make(provider, next, next.plus(HALF_AN_HOUR), "");
    clock.move(Duration.ofSeconds(8));
    assertThat(book(next).type()).isEqualTo("slot-taken");
  }

  @ParameterizedTest(name = "{0} s a call to Canvas")
  @ValueSource(ints = {2, 3, 5, 7})
  void aBookingWithoutTimeLeftToAskEndsInTimeAndARepeatFinishesIt(int seconds) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    pace.eachCallTakes(Duration.ofSeconds(seconds));
    Instant asked = clock.instant();
    Answer first = calls.book(key, body);
    Duration took = Duration.between(asked, clock.instant());
    pace.calm();
    clock.move(Duration.ofMinutes(1));

    Answer again = calls.book(key, body);

    assertThat(first.status()).isIn(201, 503);
    assertThat(took).isLessThan(Duration.ofSeconds(28).minus(LIMIT));
    assertThat(again.status()).isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
  }

  @Test
  void aCalendarIsStillAskedInTheTimeThatTheCreateDoesNotNeed() {
    Instant start = desk.freshStart();
    make(Provider.OUTLOOK, start, start.plus(HALF_AN_HOUR), "");

    pace.beforeEach(firstCallTakes(Duration.ofSeconds(11)));
    Answer answer = book(start);
    pace.calm();

    assertThat(answer.type()).isEqualTo("slot-taken");
  }

  @Test
  void aBookingWithTimeForTheCreateAloneIsDecidedByWhatCanvasShows() {
    Instant start = desk.freshStart();

    try (LogLines log = new LogLines()) {
      pace.beforeEach(firstCallTakes(Duration.ofMillis(11_800)));
      Answer answer = book(start);
      pace.calm();

      assertThat(answer.status()).isEqualTo(201);
      assertThat(log.text().lines().filter(line -> line.contains("meetings-unread")))
          .hasSize(2)
          .allMatch(line -> line.contains("why=no-time"));
    }
  }

  private Consumer<String> firstCallTakes(Duration time) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    return call -> {
      if (isFirst.getAndSet(false)) {
        clock.move(time);
      }
    };
  }

  @Test
  void noCalendarIsAskedWhenTooLittleTimeIsLeftForTheCreate() {
    Instant start = desk.freshStart();
    make(Provider.OUTLOOK, start, start.plus(HALF_AN_HOUR), "");
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    pace.eachCallTakes(Duration.ofSeconds(4));

    Answer late = calls.book(key, body);
    pace.calm();
    clock.move(Duration.ofMinutes(1));
    Answer again = calls.book(key, body);

    assertThat(late.status()).isEqualTo(503);
    assertThat(again.type()).isEqualTo("slot-taken");
  }

  /** Canvas creates the appointment, but neither answers nor shows it. */
  private void loseTheAnswerOfTheCreate(String call) {
    if (call.equals("POST Appointment")) {
      var faults = sandbox.canvas().faults();
      faults.add(
          clinic.scheduling.sandbox.canvas.Fault.once(
              clinic.scheduling.sandbox.canvas.Fault.Kind.CUT_AFTER_EFFECT,
              "POST",
              "/Appointment"));
      faults.add(
          clinic.scheduling.sandbox.canvas.Fault.status(503, "GET", "/Appointment").untilCleared());
    }
  }

  private Answer book(Instant start) {
    return calls.book(Desk.key(), desk.body(desk.office(start)));
  }

  private void make(Provider provider, Instant start, Instant end, String more) {
    switch (provider) {
      case OUTLOOK -> people.inOutlook(INGRIDS, start, end, more);
      case GOOGLE -> people.inGoogle(INGRIDS, start, end, more);
    }
  }

  private void makeAllDay(Provider provider, LocalDate day) {
    String outlook = "{\"dateTime\":\"%sT00:00:00\",\"timeZone\":\"Pacific Standard Time\"}";
    String google = "{\"date\":\"%s\"}";
    String times =
        switch (provider) {
          case OUTLOOK -> "\"isAllDay\":true,\"start\":%s,\"end\":%s".formatted(outlook, outlook);
          case GOOGLE -> "\"start\":%s,\"end\":%s".formatted(google, google);
        };
    String members = times.formatted(day, day.plusDays(1));
    switch (provider) {
      case OUTLOOK -> people.inOutlook(INGRIDS, members);
      case GOOGLE -> people.inGoogle(INGRIDS, members);
    }
  }

  private void makeOurs(Provider provider, Instant start) {
    String stamp = new EntryStamp("visit-1", 0).text();
    String property =
        switch (provider) {
          case OUTLOOK ->
              "\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"%s\"}]"
                  .formatted(EntryStamp.OUTLOOK_PROPERTY, stamp);
          case GOOGLE ->
              "\"extendedProperties\":{\"private\":{\"%s\":\"%s\"}}"
                  .formatted(EntryStamp.GOOGLE_PROPERTY, stamp);
        };
    make(provider, start, start.plus(HALF_AN_HOUR), property);
  }

  private Faults faults(Provider provider) {
    return switch (provider) {
      case OUTLOOK -> sandbox.graph().faults();
      case GOOGLE -> sandbox.google().faults();
    };
  }

  private static Fault fault(Fault.Kind kind, int status, String code, double seconds) {
    return new Fault(kind, 1, LIST, status, code, null, seconds);
  }

  private static Provider other(Provider provider) {
    return provider == Provider.OUTLOOK ? Provider.GOOGLE : Provider.OUTLOOK;
  }

  private static String title(Provider provider) {
    return provider == Provider.OUTLOOK ? "subject" : "summary";
  }
}
