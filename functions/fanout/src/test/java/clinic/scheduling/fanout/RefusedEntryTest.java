package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.http.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal of one entry is not a refusal of its mailbox. */
@QuarkusTest
class RefusedEntryTest extends SyncCase {
  private static final String HIDDEN = "{\"hiddenSeconds\":600,\"unlistedSeconds\":0}";
  private static final String UNLISTED = "{\"hiddenSeconds\":600,\"unlistedSeconds\":600}";
  private static final String SHOWN = "{\"hiddenSeconds\":0,\"unlistedSeconds\":0}";

  @Test
  void whatTheClinicianDeletedInGoogleStandsAgainWhenThePatientMoves() {
    String visit = booked();
    deliver(visit);
    calendars.deleteInGoogle(INGRIDS, id(onlyInGoogle(INGRIDS)));
    Instant time = moved(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(startOf(onlyInGoogle(INGRIDS))).isEqualTo(time);
    nothingIsHeldAgainstTheMailboxes();
  }

  @Test
  void whatTheClinicianDeletedInGoogleIsSettledWhenThePatientCancels() {
    String visit = booked();
    deliver(visit);
    calendars.deleteInGoogle(INGRIDS, id(onlyInGoogle(INGRIDS)));
    staff().cancel(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.google(INGRIDS)).isEmpty();
    nothingIsHeldAgainstTheMailboxes();
  }

  @Test
  void whatTheClinicianDeletedInOutlookIsSettledThoughGraphSaysForbidden() {
    calendars.setOutlook("{\"deleteOfGone\":\"ErrorCannotDeleteObject\"}");
    String visit = booked();
    deliver(visit);
    clock.move(LONG_AFTER);
    calendars.deleteInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)));
    staff().cancel(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    nothingIsHeldAgainstTheMailboxes();
  }

  @Test
  void soItStandsAgainWhenThePatientMoves() {
    calendars.setOutlook("{\"deleteOfGone\":\"ErrorCannotDeleteObject\"}");
    String visit = booked();
    deliver(visit);
    clock.move(LONG_AFTER);
    calendars.deleteInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)));
    Instant time = moved(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(startOf(onlyInOutlook(INGRIDS))).isEqualTo(time);
    nothingIsHeldAgainstTheMailboxes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbidden", "forbiddenForNonOrganizer"})
  void anEntryThatStandsAndIsRefusedIsAnErrorOfThatEntryAlone(String reason) {
    String visit = booked();
    deliver(visit);
    moved(visit);
    sandbox.google().faults().add(fault("PATCH .*events", 403, reason));

    assertThat(deliver(visit)).as("nothing is waited for").isEmpty();

    assertThat(log.text()).contains("calendar-refused binding=google-", reason);
    assertThat(log.text()).doesNotContain("calendar-denied");
    assertThat(deliver(visit)).isEmpty();
  }

  @Test
  void aMailboxThatIsClosedIsWaitedFor() {
    String visit = booked();
    deliver(visit);
    Instant time = moved(visit);
    sandbox.google().faults().add(fault("PATCH .*events", 403, "forbidden"));
    sandbox.google().faults().add(fault("GET .*events", 403, "forbidden"));

    assertThat(deliver(visit)).hasSize(1);

    assertThat(postponed.seconds()).containsExactly(600);
    assertThat(log.text()).contains("calendar-denied binding=google-");
    assertThat(deliver(visit)).isEmpty();
    assertThat(startOf(onlyInGoogle(INGRIDS))).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {HIDDEN, UNLISTED})
  void anEntryThatDoesNotShowYetIsWaitedForAndNotMadeTwice(String tenant) {
    calendars.setOutlook(tenant);
    String visit = booked();
    deliver(visit);
    Instant time = moved(visit);

    assertThat(deliver(visit)).hasSize(1);
    String other = booked();
    assertThat(deliver(other)).as("others of the mailbox go on").isEmpty();
    assertThat(calendars.outlook(INGRIDS)).hasSize(2);
    calendars.setOutlook(SHOWN);
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).hasSize(2);
    assertThat(calendars.outlook(INGRIDS).stream().map(RefusedEntryTest::startOf)).contains(time);
    nothingIsHeldAgainstTheMailboxes();
  }

  @Test
  void aViewThatLagsEndsInOneEntryToo() {
    calendars.setOutlook("{\"hiddenSeconds\":0,\"unlistedSeconds\":600}");
    String visit = booked();
    deliver(visit);
    Instant time = moved(visit);

    assertThat(deliver(visit)).as("nobody can say whether it stands").hasSize(1);
    calendars.setOutlook(SHOWN);
    assertThat(deliver(visit)).isEmpty();

    assertThat(startOf(onlyInOutlook(INGRIDS))).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {HIDDEN, UNLISTED})
  void anEntryThatDoesNotShowYetIsTakenAwayOnceItDoes(String tenant) {
    calendars.setOutlook(tenant);
    String visit = booked();
    deliver(visit);
    staff().cancel(visit);

    assertThat(deliver(visit)).hasSize(1);
    calendars.setOutlook(SHOWN);
    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void theWaitForAnEntryThatIsGoneHasAnEnd() {
    String visit = booked();
    deliver(visit);
    purge();
    Instant time = moved(visit);

    for (int tries = 0; tries < 4; tries++) {
      assertThat(deliver(visit)).as("it might not show yet").hasSize(1);
      clock.move(Duration.ofSeconds(35));
    }
    assertThat(deliver(visit)).isEmpty();

    assertThat(startOf(onlyInOutlook(INGRIDS))).isEqualTo(time);
  }

  @Test
  void whatWasGoneForLongIsMadeAtOnce() {
    String visit = booked();
    deliver(visit);
    purge();
    Instant time = moved(visit);
    clock.move(Duration.ofMinutes(3));

    assertThat(deliver(visit)).isEmpty();

    assertThat(startOf(onlyInOutlook(INGRIDS))).isEqualTo(time);
  }

  @Test
  void aLongReasonAndABodyAsHtmlAreNotPutRightAgainAndAgain() {
    calendars.setOutlook("{\"textOnRequest\":false,\"linkedBodies\":true}");
    String visit = booked();
    deliver(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(log.text()).doesNotContain("put-right");
  }

  /** Deletes the entry, and then deletes it from Deleted Items, too. */
  private void purge() {
    String id = id(onlyInOutlook(INGRIDS));
    calendars.deleteInOutlook(INGRIDS, id);
    calendars.deleteInOutlook(INGRIDS, id);
  }

  private Instant moved(String visit) {
    Instant time = start().plus(Duration.ofDays(9));
    staff().reschedule(visit, time, Optional.empty(), Optional.empty());
    return time;
  }

  private void nothingIsHeldAgainstTheMailboxes() {
    assertThat(log.text()).doesNotContain("denied", "refused", "calendar-failed");
    assertThat(rows.text()).doesNotContain("denied");
  }

  private static Instant startOf(JsonNode event) {
    String time = event.path("start").path("dateTime").asText();
    return event.path("subject").isMissingNode()
        ? OffsetDateTime.parse(time).toInstant()
        : Instant.parse(time.replaceFirst("\\..*", "") + "Z");
  }

  private static Fault fault(String match, int status, String code) {
    return new Fault(Fault.Kind.STATUS, 1, match, status, code, null, 0);
  }
}
