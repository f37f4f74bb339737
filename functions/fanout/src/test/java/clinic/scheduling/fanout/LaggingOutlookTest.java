package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.http.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry that Outlook does not show yet is neither created twice nor left behind. */
@QuarkusTest
class LaggingOutlookTest extends SyncCase {
  private static final String HIDDEN = "{\"hiddenSeconds\":3600}";
  private static final String UNLISTED = "{\"unlistedSeconds\":3600}";
  private static final String CONFLICTS = "{\"transactionConflict\":true}";
  private static final String SHOWN = "{\"hiddenSeconds\":0,\"unlistedSeconds\":0}";
  private static final Duration A_WHILE = Duration.ofSeconds(12);

  /** How the first change fails. */
  enum Trouble {
    LOST_POST,
    CONFLICT,
    REFUSED_PATCH
  }

  /** What happens to the visit meanwhile. */
  enum Meanwhile {
    MOVE,
    CANCEL
  }

  static Stream<Arguments> allTogether() {
    return Stream.of(HIDDEN, UNLISTED)
        .flatMap(
            lag ->
                Stream.of(Trouble.values())
                    .flatMap(
                        trouble ->
                            Stream.of(Meanwhile.values())
                                .map(meanwhile -> Arguments.of(lag, trouble, meanwhile))));
  }

  @ParameterizedTest
  @MethodSource("allTogether")
  void itEndsAsTheVisitIs(String lag, Trouble trouble, Meanwhile meanwhile) {
    calendars.setOutlook(lag);
    String visit = booked();
    firstChange(visit, trouble);
    clock.move(A_WHILE);
    Instant time = start().plus(Duration.ofDays(9));
    if (meanwhile == Meanwhile.MOVE) {
      staff().reschedule(visit, time, Optional.empty(), Optional.empty());
    } else {
      staff().cancel(visit);
    }
    if (trouble == Trouble.REFUSED_PATCH) {
      sandbox.graph().faults().add(fault(Fault.Kind.STATUS, "PATCH .*events", 403));
    }

    deliverWhileItLags(visit, 3);
    calendars.setOutlook(SHOWN);
    deliverWhileItLags(visit, 1);
    clock.move(Duration.ofMinutes(3));
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS).stream().map(LaggingOutlookTest::startOf).toList())
        .isEqualTo(meanwhile == Meanwhile.MOVE ? List.of(time) : List.of());
    assertThat(calendars.inOtherCalendars(INGRIDS)).isEmpty();
  }

  @Test
  void aCancelledVisitIsNotSettledWhileTheEntryOfALostAnswerMayComeUp() {
    calendars.setOutlook(UNLISTED);
    String visit = booked();
    firstChange(visit, Trouble.LOST_POST);
    staff().cancel(visit);
    clock.move(A_WHILE);

    assertThat(deliver(visit)).as("it may come up").hasSize(1);
    clock.move(A_WHILE);
    calendars.setOutlook(SHOWN);

    assertThat(deliver(visit)).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void butTheWaitHasAnEndIfNothingWasMade() {
    String visit = booked();
    sandbox.graph().faults().add(fault(Fault.Kind.STATUS, "POST .*events", 504));
    deliver(visit);
    staff().cancel(visit);
    clock.move(A_WHILE);

    assertThat(deliver(visit)).hasSize(1);
    clock.move(Duration.ofMinutes(2));

    assertThat(deliver(visit)).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void aConflictThatNoSearchExplainsYetMakesNoSecondEntry() {
    calendars.setOutlook(CONFLICTS);
    calendars.setOutlook(UNLISTED);
    String visit = booked();
    firstChange(visit, Trouble.LOST_POST);
    clock.move(A_WHILE);

    deliverWhileItLags(visit, 8);
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
    calendars.setOutlook(SHOWN);
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
  }

  /**
   * The conflict may come although no outcome is unknown, for example because the connection sent
   * the request twice.
   */
  @Test
  void soItIsIfNobodyDoubtedBefore() {
    calendars.setOutlook(UNLISTED);
    String visit = booked();
    sandbox.graph().faults().add(conflict());
    assertThat(deliver(visit)).hasSize(1);
    sandbox.graph().faults().add(conflict());
    clock.move(A_WHILE);

    assertThat(deliver(visit)).hasSize(1);

    assertThat(calendars.outlook(INGRIDS)).as("no next name").isEmpty();
    clock.move(Duration.ofMinutes(3));
    sandbox.graph().faults().add(conflict());
    assertThat(deliver(visit)).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).as("the next name").hasSize(1);
  }

  @Test
  void aRefusedChangeOfAnEntryThatNoViewShowsYetMakesNoSecondOne() {
    calendars.setOutlook(UNLISTED);
    String visit = booked();
    deliver(visit);
    String id = id(onlyInOutlook(INGRIDS));
    Instant time = start().plus(Duration.ofDays(9));
    staff().reschedule(visit, time, Optional.empty(), Optional.empty());
    sandbox.graph().faults().add(fault(Fault.Kind.STATUS, "PATCH .*events", 403));

    deliverWhileItLags(visit, 8);
    calendars.setOutlook(SHOWN);
    assertThat(deliver(visit)).isEmpty();

    assertThat(id(onlyInOutlook(INGRIDS))).isEqualTo(id);
    assertThat(startOf(onlyInOutlook(INGRIDS))).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH .*events", "DELETE .*events"})
  void aRefusedRemovalOfSuchAnEntryIsTriedAgain(String call) {
    calendars.setOutlook(UNLISTED);
    String visit = booked();
    deliver(visit);
    staff().cancel(visit);
    sandbox.graph().faults().add(fault(Fault.Kind.STATUS, call, 403));

    assertThat(deliver(visit)).hasSize(1);
    clock.move(A_WHILE);
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void aViewThatLagsIsNoReasonToMakeTheEntryAnew() {
    calendars.setOutlook(UNLISTED);
    String visit = booked();
    deliver(visit);
    String id = id(onlyInOutlook(INGRIDS));

    assertThat(deliver(visit)).as("nobody can say whether it stands").hasSize(1);
    calendars.setOutlook(SHOWN);
    assertThat(deliver(visit)).isEmpty();

    assertThat(id(onlyInOutlook(INGRIDS))).isEqualTo(id);
    assertThat(calendars.inBins()).isEmpty();
    assertThat(log.text()).doesNotContain("put-right");
  }

  @Test
  void anEntryThatCouldNotBeChangedAfterItWasMadeIsNotForgotten() {
    String visit = booked();
    deliver(visit);
    rows.clear();
    calendars.changeInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)), "{\"subject\":\"Lunch\"}");
    sandbox.graph().faults().add(fault(Fault.Kind.STATUS, "PATCH .*events", 429));
    assertThat(deliver(visit)).hasSize(1);
    staff().cancel(visit);

    clock.move(Duration.ofMinutes(1));
    deliver(visit);
    clock.move(Duration.ofMinutes(3));
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void anAdoptedEntryThatCannotBeChangedYetIsNotForgotten() {
    calendars.setOutlook(CONFLICTS);
    String visit = booked();
    firstChange(visit, Trouble.LOST_POST);
    clock.move(Duration.ofMinutes(1));
    sandbox.graph().faults().add(fault(Fault.Kind.STATUS, "PATCH .*events", 429));
    assertThat(deliver(visit)).hasSize(1);
    staff().cancel(visit);

    clock.move(Duration.ofMinutes(1));
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "doubtful"})
  void anEntryThatIsFoundAndStaysOutOfReachIsAnErrorAtLast(String how) {
    calendars.setOutlook(HIDDEN);
    String visit = booked();
    if (how.equals("known")) {
      deliver(visit);
    } else {
      firstChange(visit, Trouble.LOST_POST);
    }
    clock.move(A_WHILE);
    staff().cancel(visit);
    assertThat(deliver(visit)).as("it is waited for").hasSize(1);

    clock.move(Duration.ofMinutes(2));
    assertThat(deliver(visit)).isEmpty();

    assertThat(log.text()).contains("calendar-refused binding=outlook-", "found-but-out-of-reach");
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
  }

  private void firstChange(String visit, Trouble trouble) {
    if (trouble == Trouble.CONFLICT) {
      calendars.setOutlook(CONFLICTS);
    }
    if (trouble != Trouble.REFUSED_PATCH) {
      sandbox.graph().faults().add(fault(Fault.Kind.STATUS_AFTER_EFFECT, "POST .*events", 504));
    }
    deliver(visit);
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
  }

  private void deliverWhileItLags(String visit, int times) {
    for (int i = 0; i < times; i++) {
      deliver(visit);
      clock.move(A_WHILE);
    }
  }

  private static Instant startOf(JsonNode event) {
    String time = event.path("start").path("dateTime").asText();
    return Instant.parse(time.replaceFirst("\\..*", "") + "Z");
  }

  private static Fault conflict() {
    return new Fault(
        Fault.Kind.STATUS, 1, "POST .*events", 409, "ErrorDuplicateTransactionId", null, 0);
  }

  private static Fault fault(Fault.Kind kind, String match, int status) {
    String code = status == 403 ? "ErrorItemSave" : "";
    return new Fault(kind, 1, match, status, code, null, 0);
  }
}
