package clinic.scheduling.calendars;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendars.CalendarOutcome.Exists;
import clinic.scheduling.calendars.CalendarOutcome.Gone;
import clinic.scheduling.calendars.CalendarOutcome.Refused;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.CalendarOutcome.Unknown;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of {@link Calendar}, which each provider keeps over its stand-in. */
@QuarkusTestResource(OutsideWorld.class)
public abstract class CalendarContract {
  protected static final String MAILBOX = "ingrid.testwell@example.invalid";
  protected static final Interval NINE =
      Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));
  private static final String LISTS = "GET .*(events|calendarView)";
  protected static final Interval TEN =
      Interval.of(Instant.parse("2026-11-24T18:00:00Z"), Duration.ofMinutes(30));

  private static final Interval THREE_DAYS = Interval.of(NINE.start(), Duration.ofDays(3));

  @Inject protected MovableClock clock;
  protected Sandbox sandbox;
  protected Sandboxes by;
  protected final EntryName name = new EntryName(UUID.randomUUID().toString(), "binding-1", 0);

  protected abstract Calendar calendar();

  /** The events of a mailbox, without deleted ones. */
  protected abstract List<JsonNode> events();

  protected abstract void deleteByHand(String id);

  /** Somebody changes the event. The fields of the JSON replace those of the event. */
  protected abstract void changeByHand(String id, String json);

  /** Changes that somebody makes by hand, as JSON: one for each field of an entry. */
  protected abstract List<String> changesByHand();

  /** The change, as JSON, by which somebody drags an event to another time. */
  protected abstract String at(Instant start);

  /** The change, as JSON, by which somebody makes an event recur on three days at the same time. */
  protected abstract String onThreeDays();

  /** The id of the second occurrence of a series. */
  protected abstract String secondOf(String id);

  /** Somebody creates an event of their own. */
  protected abstract void makeByHand(Interval time);

  protected abstract Faults faults();

  /** All texts of an event of this provider: title, details and place. */
  protected abstract String textOf(JsonNode event);

  protected abstract String startOf(JsonNode event);

  /** The details of an event of this provider, as HTML. */
  protected abstract String detailsAsHtml(JsonNode event);

  @BeforeEach
  void empty() {
    clock.set(Instant.now());
    sandbox.graph().reset();
    sandbox.google().reset();
    by = new Sandboxes(sandbox);
  }

  @AfterEach
  void nothingThatWasExchangedBreaksTheProvidersOwnDescription() {
    by.assertThatDescriptionsHold();
  }

  @Test
  void anEntryStandsOnceItIsMade() {
    String id = standing(create(full(NINE)));

    assertThat(events()).hasSize(1);
    assertThat(events().get(0).path("id").asText()).isEqualTo(id);
    assertThat(textOf(events().get(0))).contains("Ada Fixture", "sore knee", "7 Test Way");
    assertThat(startOf(events().get(0))).contains("2026-11-24T");
    assertThat(events().get(0).path("attendees")).isEmpty();
  }

  @Test
  void aRepeatedCreateBringsTheOneEntryUpToDate() {
    String first = standing(create(full(NINE)));
    String second = standing(create(busy(TEN)));

    assertThat(second).isEqualTo(first);
    assertThat(events()).hasSize(1);
    assertThat(textOf(events().get(0))).contains("Busy");
  }

  @Test
  void aMovedEntryKeepsItsId() {
    String id = standing(create(full(NINE)));
    String before = startOf(events().get(0));

    assertThat(standing(update(id, full(TEN)))).isEqualTo(id);
    assertThat(events()).hasSize(1);
    assertThat(startOf(events().get(0))).isNotEqualTo(before);
  }

  @Test
  void loweringAPolicyWipesWhatStood() {
    String id = standing(create(full(NINE)));

    update(id, busy(NINE));

    assertThat(events().get(0).toString()).doesNotContain("Ada", "knee", "5555550", "Test Way");
  }

  @Test
  void anEntryIsFoundByItsNameAndAnotherIsNot() {
    String id = standing(create(full(NINE)));

    assertThat(standing(calendar().find(MAILBOX, name))).isEqualTo(id);
    assertThat(calendar().find(MAILBOX, name.next())).isInstanceOf(Gone.class);
  }

  @Test
  void anEntryIsRemovedAndRemovingItAgainIsTheSame() {
    String id = standing(create(full(NINE)));

    assertThat(remove(id)).isInstanceOf(Gone.class);
    assertThat(remove(id)).isInstanceOf(Gone.class);
    assertThat(calendar().find(MAILBOX, name)).isInstanceOf(Gone.class);
    assertThat(events()).isEmpty();
  }

  @Test
  void whatIsTakenAwaySaysNothingInTheBin() {
    remove(standing(create(full(NINE))));

    assertThat(by.inBins()).hasSize(1);
    assertThat(by.inBins().get(0).toString())
        .contains("Busy")
        .doesNotContain("Ada Fixture", "knee", "5555550123", "Test Way", "Harborview");
  }

  @Test
  void whatCannotBeWipedIsNotYetTakenAway() {
    String id = standing(create(full(NINE)));
    faults().add(new Fault(Fault.Kind.STATUS, 1, "PATCH .*events", 429, "", "7", 0));

    assertThat(remove(id)).isEqualTo(new TryLater(Duration.ofSeconds(7)));
    assertThat(events()).hasSize(1);
    assertThat(remove(id)).isInstanceOf(Gone.class);
    assertThat(events()).isEmpty();
  }

  @Test
  void whatSomebodyDeletedIsGoneAndCanBeMadeAnew() {
    String id = standing(create(full(NINE)));
    deleteByHand(id);

    assertThat(update(id, full(TEN))).isInstanceOf(Gone.class);
    standing(calendar().create(MAILBOX, name.next(), full(TEN)));
    assertThat(events()).hasSize(1);
  }

  @Test
  void aThrottledCallSaysWhenToComeBackAndIsNotRepeated() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 429, "", "7", 0));

    assertThat(create(full(NINE))).isEqualTo(new TryLater(Duration.ofSeconds(7)));
    assertThat(faults().list()).isEmpty();
    assertThat(events()).isEmpty();
  }

  @Test
  void aFractionOfASecondIsRoundedUp() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 429, "", "2.128", 0));

    assertThat(create(full(NINE))).isEqualTo(new TryLater(Duration.ofSeconds(3)));
  }

  @Test
  void thePageOfAGatewayIsADoubtThatKeepsItsDelay() {
    faults().add(new Fault(Fault.Kind.PAGE, 1, "POST .*events", 502, "", "7", 0));

    assertThat(create(full(NINE))).isEqualTo(new Unknown(Duration.ofSeconds(7)));
  }

  @Test
  void aThrottlingPageOfAGatewaySaysWhenToComeBack() {
    faults().add(new Fault(Fault.Kind.PAGE, 1, "POST .*events", 429, "", "9", 0));

    assertThat(create(full(NINE))).isEqualTo(new TryLater(Duration.ofSeconds(9)));
  }

  @Test
  void anAnswerThatWasLostLeavesADoubtWhichTheNameSettles() {
    faults().add(new Fault(Fault.Kind.STATUS_AFTER_EFFECT, 1, "POST .*events", 503, "", null, 0));

    assertThat(create(full(NINE))).isInstanceOf(Unknown.class);
    String found = standing(calendar().find(MAILBOX, name));
    assertThat(standing(create(full(NINE)))).isEqualTo(found);
    assertThat(events()).hasSize(1);
  }

  @Test
  void aConnectionThatEndsIsADoubtOrHidden() {
    faults().add(new Fault(Fault.Kind.CUT_AFTER_EFFECT, 3, "POST .*events", 0, "", null, 0));

    create(full(NINE));
    faults().clear();

    standing(create(full(NINE)));
    assertThat(events()).hasSize(1);
  }

  @Test
  void aRefusedTokenIsReplacedOnce() {
    create(full(NINE));
    by.revokeTokens();

    standing(create(full(TEN)));
    assertThat(events()).hasSize(1);
  }

  @Test
  void aChangeWithARefusedTokenIsMadeWhole() {
    String id = standing(create(busy(NINE)));
    by.revokeTokens();

    standing(update(id, full(TEN)));

    assertReadsBack(id, full(TEN));
  }

  @Test
  void whatWasWrittenReadsBackAsWritten() {
    for (CalendarEntry entry : List.of(full(NINE), busy(TEN))) {
      String id = standing(create(entry));

      assertThat(calendar().read(MAILBOX, id, entry.time()))
          .isEqualTo(new ReadResult.Found(calendar().expectedContent(entry)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a sore knee & a \"bad\" hip, since < 3 weeks",
        "<b>bold</b> and <i>italic</i>",
        "<a href=\"https://evil.example.invalid\">Your results</a>",
        "<img src=x onerror=alert(1)><script>alert(2)</script>",
        "</td></table><style>*{display:none}</style>",
        "&lt;b&gt; &amp;amp; &nbsp; &#60;",
        "<!-- hidden --> <unknown tag='1'/> <",
        "two  blanks, a\ttab and \u00a0 a wide one",
        "first\n\n\nsecond\r\nthird\u2028fourth"
      })
  void whatAStrangerTypesIsTextAndReadsBackAsWritten(String typed) {
    CalendarEntry entry = saying("Visit", "Reason: " + typed + "\nPhone: +15555550123", "Here");
    String id = standing(create(entry));

    assertReadsBack(id, entry);
    Document seen = Jsoup.parse(detailsAsHtml(events().get(0)));
    assertThat(seen.select("a, b, i, img, script, style, table")).isEmpty();
    assertThat(asSeen(seen.wholeText())).contains(asSeen(typed), "Phone:+15555550123");
  }

  /** The text without blanks and line ends, because HTML does not show all of them. */
  private static String asSeen(String text) {
    return text.replaceAll("[\\s\\u00a0\\u2028]+", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {254, 255, 256, 300, 1500, 20_000})
  void aLongTextIsCutByRuleAndReadsBackAsWritten(int length) {
    for (String one : List.of("x", "\ud83e\ude7a", "<", "& ")) {
      String text = one.repeat(length / one.length());
      CalendarEntry entry = saying(text, text, text);

      assertReadsBack(standing(create(entry)), entry);
      assertThat(textOf(events().get(0))).doesNotContain("\ufffd");
    }
  }

  @Test
  void charactersThatNobodySeesAreLeftOut() {
    CalendarEntry entry =
        saying("Ada\u0007 \u202eFix\u200bture\nB", "a\u0000b\u001fc", "\u2066Here\u2069");
    String id = standing(create(entry));

    assertReadsBack(id, entry);
    assertThat(textOf(events().get(0)))
        .contains("Ada Fixture B", "Here")
        .doesNotContain("\u202e", "\u200b", "\u2066", "\u0007", "\u0000");
  }

  private void assertReadsBack(String id, CalendarEntry entry) {
    assertThat(calendar().read(MAILBOX, id, entry.time()))
        .isEqualTo(new ReadResult.Found(calendar().expectedContent(entry)));
    assertThat(listed(entry.time()))
        .extracting(ListedEntry::content)
        .containsExactly(calendar().expectedContent(entry));
  }

  @Test
  void anEntryThatSomebodyChangedReadsBackAsSomethingElse() {
    String id = standing(create(full(NINE)));

    for (String change : changesByHand()) {
      changeByHand(id, change);

      assertThat(calendar().read(MAILBOX, id, NINE))
          .as(change)
          .isNotEqualTo(new ReadResult.Found(calendar().expectedContent(full(NINE))));
      standing(update(id, full(NINE)));
      assertThat(calendar().read(MAILBOX, id, NINE))
          .as(change)
          .isEqualTo(new ReadResult.Found(calendar().expectedContent(full(NINE))));
    }
  }

  @Test
  void anEntryThatSomebodyDraggedToAnotherDayIsStillThatEntry() {
    String id = standing(create(full(NINE)));
    changeByHand(id, at(NINE.end().plus(Duration.ofDays(2))));

    assertThat(calendar().read(MAILBOX, id, NINE))
        .isInstanceOf(ReadResult.Found.class)
        .isNotEqualTo(new ReadResult.Found(calendar().expectedContent(full(NINE))));
    assertThat(standing(update(id, full(NINE)))).isEqualTo(id);
  }

  @Test
  void anEntryThatSomebodyRepeatsIsListedOnceAndHappensOnceAgain() {
    String id = standing(create(full(NINE)));
    changeByHand(id, onThreeDays());
    changeByHand(secondOf(id), changesByHand().get(0));

    assertThat(listed(THREE_DAYS)).extracting(ListedEntry::externalId).containsExactly(id);
    assertThat(listed(THREE_DAYS)).extracting(ListedEntry::content).doesNotContain(saying());
    assertThat(standing(update(id, full(NINE)))).isEqualTo(id);

    assertThat(listed(THREE_DAYS))
        .containsExactly(new ListedEntry(id, new EntryStamp(name.root(), 0), saying()));
    assertThat(listed(new Interval(NINE.end(), THREE_DAYS.end()))).isEmpty();
  }

  @Test
  void anEntryThatSomebodyRepeatsIsTakenAwayWhole() {
    String id = standing(create(full(NINE)));
    changeByHand(id, onThreeDays());
    changeByHand(secondOf(id), changesByHand().get(0));

    assertThat(remove(id)).isInstanceOf(Gone.class);

    assertThat(listed(THREE_DAYS)).isEmpty();
    assertThat(events()).isEmpty();
    assertThat(by.inBins().toString()).doesNotContain("Ada Fixture", "knee", "Test Way");
  }

  @Test
  void anEntryThatSomebodyDeletedIsAbsent() {
    String id = standing(create(full(NINE)));
    deleteByHand(id);

    assertThat(calendar().read(MAILBOX, id, NINE)).isEqualTo(new ReadResult.Absent());
  }

  @Test
  void aReadThatFailsSaysNothingAboutTheEntry() {
    String id = standing(create(full(NINE)));
    faults().add(new Fault(Fault.Kind.STATUS, 1, LISTS, 429, "", "7", 0));

    assertThat(calendar().read(MAILBOX, id, NINE))
        .isEqualTo(new ReadResult.Unreadable(new TryLater(Duration.ofSeconds(7))));
  }

  @Test
  void theEntriesOfAWindowAreListedWithWhatTheySay() {
    String nine = standing(create(full(NINE)));
    EntryName other = new EntryName(UUID.randomUUID().toString(), "binding-1", 3);
    String ten = standing(calendar().create(MAILBOX, other, busy(TEN)));

    assertThat(listed(new Interval(NINE.start(), TEN.end())))
        .containsExactlyInAnyOrder(
            new ListedEntry(
                nine, new EntryStamp(name.root(), 0), calendar().expectedContent(full(NINE))),
            new ListedEntry(
                ten, new EntryStamp(other.root(), 3), calendar().expectedContent(busy(TEN))));
    assertThat(listed(new Interval(NINE.start(), NINE.end()))).hasSize(1);
    assertThat(listed(new Interval(NINE.end(), TEN.start()))).as("touching").isEmpty();
  }

  @Test
  void whatPeopleHaveInTheirCalendarIsNotListed() {
    makeByHand(NINE);
    standing(create(full(NINE)));

    assertThat(events()).hasSize(2);
    assertThat(listed(NINE)).hasSize(1);
  }

  @Test
  void anEntryThatSomebodyDeletedOrMovedAwayIsNotListed() {
    String id = standing(create(full(NINE)));
    standing(update(id, full(TEN)));
    assertThat(listed(NINE)).isEmpty();

    deleteByHand(id);
    assertThat(listed(TEN)).isEmpty();
  }

  @Test
  void manyEntriesAreListedPageByPage() {
    for (int i = 0; i < 260; i++) {
      standing(calendar().create(MAILBOX, new EntryName("visit-" + i, "binding-1", 0), busy(NINE)));
    }

    assertThat(listed(NINE)).hasSize(260).doesNotHaveDuplicates();
  }

  @Test
  void aListThatFailsOnAnyPageIsNoList() {
    for (int i = 0; i < 260; i++) {
      standing(calendar().create(MAILBOX, new EntryName("visit-" + i, "binding-1", 0), busy(NINE)));
    }
    faults().add(new Fault(Fault.Kind.SLOW, 1, LISTS, 0, "", null, 0));
    faults().add(new Fault(Fault.Kind.STATUS, 1, LISTS, 429, "", "9", 0));

    assertThat(calendar().list(MAILBOX, NINE))
        .isEqualTo(new Listing.Unreadable(new TryLater(Duration.ofSeconds(9))));
  }

  @Test
  void theListOfAMailboxThatDoesNotExistIsRefused() {
    assertThat(calendar().list("nobody@example.invalid", NINE))
        .isInstanceOfSatisfying(
            Listing.Unreadable.class,
            unreadable -> assertThat(unreadable.why()).isInstanceOf(Refused.class));
  }

  @Test
  void aRetryAfterMayBeADate() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    clock.set(now);
    String date = RFC_1123_DATE_TIME.format(now.plusSeconds(42).atOffset(ZoneOffset.UTC));
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 429, "", date, 0));

    assertThat(create(full(NINE))).isEqualTo(new TryLater(Duration.ofSeconds(42)));
  }

  @Test
  void aRetryAfterMayBeADateOfAnOlderFormAndOneOfSeveral() {
    Instant now = Instant.parse("2026-11-23T17:00:00Z");
    clock.set(now);
    String dates = "7, Monday, 23-Nov-26 17:00:42 GMT, Mon Nov 23 17:00:30 2026";
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 429, "", dates, 0));

    assertThat(create(full(NINE))).isEqualTo(new TryLater(Duration.ofSeconds(42)));
  }

  @Test
  void withoutARetryAfterTheUsualDelayIsMeant() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 429, "", null, 0));

    assertThat(create(full(NINE))).isEqualTo(new TryLater(RetryAfter.USUAL));
  }

  @Test
  void aMailboxThatDoesNotExistIsRefusedForGood() {
    assertThat(calendar().create("nobody@example.invalid", name, busy(NINE)))
        .isInstanceOf(Refused.class);
  }

  private Phi<String> saying() {
    return calendar().expectedContent(full(NINE));
  }

  protected List<ListedEntry> listed(Interval window) {
    Listing listing = calendar().list(MAILBOX, window);
    assertThat(listing).isInstanceOf(Listing.Entries.class);
    return ((Listing.Entries) listing).all();
  }

  /** Updates an entry that was written long ago. */
  protected CalendarOutcome update(String id, CalendarEntry entry) {
    return calendar().update(MAILBOX, id, entry, false);
  }

  private CalendarOutcome remove(String id) {
    return calendar().remove(MAILBOX, id, false);
  }

  private CalendarOutcome create(CalendarEntry entry) {
    return calendar().create(MAILBOX, name, entry);
  }

  protected static String standing(CalendarOutcome outcome) {
    assertThat(outcome).isInstanceOf(Exists.class);
    return ((Exists) outcome).externalId();
  }

  protected static CalendarEntry busy(Interval time) {
    return new CalendarEntry(
        Phi.of("Busy"), Phi.of(""), Phi.of(""), CalendarEntry.NO_ADDRESS, time, zone(), false);
  }

  protected static CalendarEntry full(Interval time) {
    return new CalendarEntry(
        Phi.of("Ada Fixture · Home visit"),
        Phi.of("Reason: sore knee\nPhone: +15555550123"),
        Phi.of("7 Test Way, Harborview, CA 90000"),
        Phi.of(new HomeAddress("7 Test Way", "Harborview", "CA", "90000")),
        time,
        zone(),
        true);
  }

  protected static CalendarEntry saying(String subject, String details, String place) {
    return new CalendarEntry(
        Phi.of(subject),
        Phi.of(details),
        Phi.of(place),
        Phi.of(new HomeAddress(place, "Harborview", "CA", "90000")),
        NINE,
        zone(),
        true);
  }

  private static ZoneId zone() {
    return ZoneId.of("America/Los_Angeles");
  }
}
