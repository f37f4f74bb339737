package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do to an entry in a calendar is undone at the next notice of its visit. */
@QuarkusTest
class PutRightTest extends SyncCase {
  private static final String WRITES = "^(POST|PATCH|DELETE) .*events";

  @Test
  void anEntryThatSomebodyEditedSaysAgainWhatItShould() {
    String visit = booked();
    deliver(visit);
    JsonNode outlook = onlyInOutlook(INGRIDS);
    JsonNode google = onlyInGoogle(INGRIDS);
    calendars.changeInOutlook(INGRIDS, id(outlook), "{\"subject\":\"Lunch\",\"showAs\":\"free\"}");
    calendars.changeInGoogle(
        INGRIDS, id(google), "{\"end\":{\"dateTime\":\"2031-01-01T00:00:00Z\"}}");

    assertThat(deliver(visit)).isEmpty();

    assertThat(written(onlyInOutlook(INGRIDS))).isEqualTo(written(outlook));
    assertThat(written(onlyInGoogle(INGRIDS))).isEqualTo(written(google));
    assertThat(log.text()).contains("entry-put-right binding=outlook-", "binding=google-");
  }

  /**
   * An earlier version of this system wrote such entries. Reconciliation sends a notice about each
   * of them.
   */
  @Test
  void anEntryThatLeadsToAChartDoesSoNoMoreAndThePatientHearsNothing() {
    String visit = booked();
    deliver(visit);
    calendars.changeInGoogle(
        INGRIDS,
        id(onlyInGoogle(INGRIDS)),
        "{\"description\":\"Canvas: https://canvas.example.invalid/patient/1\"}");

    assertThat(
            deliver(
                ChangeNotice.of(
                    visit, "reconciliation", "reconciliation-1", clock.instant(), visit),
                "m-1"))
        .isEmpty();

    assertThat(onlyInGoogle(INGRIDS).toString()).doesNotContain("/patient/");
    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void anEntryThatSomebodyDeletedStandsAgain() {
    String visit = booked();
    deliver(visit);
    JsonNode before = onlyInGoogle(INGRIDS);
    clock.move(LONG_AFTER);
    calendars.deleteInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)));
    calendars.deleteInGoogle(INGRIDS, id(before));

    assertThat(deliver(visit)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("subject").asText())
        .isEqualTo("Averycanary Canaryson · Office visit");
    assertThat(onlyInGoogle(INGRIDS).path("start")).isEqualTo(before.path("start"));
    assertThat(told()).as("nothing has changed for the patient").containsExactly("0 booked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otherCalendar", "deletedItems"})
  void anEntryThatSomebodyDraggedOutOfTheCalendarStandsInItOnce(String folder) {
    String visit = booked();
    deliver(visit);
    for (int times = 0; times < 3; times++) {
      clock.move(LONG_AFTER);
      calendars.moveInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)), folder);
      assertThat(calendars.outlook(INGRIDS)).isEmpty();

      assertThat(deliver(visit)).isEmpty();

      assertThat(onlyInOutlook(INGRIDS).path("subject").asText()).contains("Canaryson");
      assertThat(calendars.inOtherCalendars(INGRIDS)).isEmpty();
      assertThat(calendars.inBins().toString()).doesNotContain("Canaryson");
    }
    assertThat(log.text()).contains("entry-put-right binding=outlook-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otherCalendar", "deletedItems"})
  void soItIsThoughItsVisitWasMovedMeanwhile(String folder) {
    String visit = booked();
    deliver(visit);
    clock.move(LONG_AFTER);
    calendars.moveInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)), folder);
    Instant time = start().plus(Duration.ofDays(9));
    staff().reschedule(visit, time, Optional.empty(), Optional.empty());

    assertThat(deliver(visit)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("start").path("dateTime").asText())
        .startsWith(time.toString().substring(0, 16));
    assertThat(calendars.inOtherCalendars(INGRIDS)).isEmpty();
    assertThat(calendars.inBins().toString()).doesNotContain("Canaryson");
  }

  @Test
  void anEntryThatSomebodyRepeatsHappensOnceAgain() {
    String visit = booked();
    deliver(visit);
    JsonNode outlook = onlyInOutlook(INGRIDS);
    calendars.changeInOutlook(
        INGRIDS,
        id(outlook),
        "{\"recurrence\":{\"pattern\":{\"type\":\"daily\",\"interval\":1},"
            + "\"range\":{\"type\":\"noEnd\",\"startDate\":\"2026-01-01\"}}}");
    calendars.changeInGoogle(
        INGRIDS, id(onlyInGoogle(INGRIDS)), "{\"recurrence\":[\"RRULE:FREQ=WEEKLY\"]}");

    assertThat(deliver(visit)).isEmpty();

    assertThat(id(onlyInOutlook(INGRIDS))).isEqualTo(id(outlook));
    assertThat(onlyInOutlook(INGRIDS).path("recurrence").isNull()).isTrue();
    assertThat(onlyInGoogle(INGRIDS).has("recurrence")).isFalse();
    assertThat(log.text()).contains("entry-put-right binding=outlook-", "binding=google-");
  }

  @Test
  void anEntryThatIsMadeAnewHasANameThatWasNeverUsed() {
    String visit = booked();
    Set<String> names = new LinkedHashSet<>();
    deliver(visit);
    names.add(onlyInOutlook(INGRIDS).path("transactionId").asText());
    clock.move(LONG_AFTER);
    calendars.deleteInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)));
    deliver(visit);
    names.add(onlyInOutlook(INGRIDS).path("transactionId").asText());
    staff().cancel(visit);
    deliver(visit);
    staff().restore(visit);
    sandbox.graph().faults().add(fault("PATCH .*events"));
    sandbox.google().faults().add(fault("GET .*events"));

    assertThat(deliver(visit)).isEmpty();

    assertThat(both()).as("made at once").allMatch(faults -> faults.list().size() == 1);
    names.add(onlyInOutlook(INGRIDS).path("transactionId").asText());
    assertThat(names).hasSize(3);
  }

  @Test
  void soItIsHoweverOftenSomebodyDoesIt() {
    String visit = booked();
    deliver(visit);
    for (int times = 0; times < 5; times++) {
      clock.move(LONG_AFTER);
      calendars.deleteInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)));
      calendars.deleteInGoogle(INGRIDS, id(onlyInGoogle(INGRIDS)));
      assertThat(deliver(visit)).isEmpty();
    }
    onlyInOutlook(INGRIDS);
    onlyInGoogle(INGRIDS);
  }

  @Test
  void anUntouchedEntryIsReadAndNotWritten() {
    String visit = booked();
    deliver(visit);
    both().forEach(faults -> faults.add(fault(WRITES)));

    assertThat(deliver(visit)).isEmpty();

    assertThat(both()).as("no calendar was written").allMatch(faults -> faults.list().size() == 1);
    assertThat(log.text()).doesNotContain("put-right");
  }

  @Test
  void aRepeatOfTheSameMessageCallsNoCalendar() {
    String visit = booked();
    String message = UUID.randomUUID().toString();
    deliver(visit, message);
    both().forEach(faults -> faults.add(fault("")));

    assertThat(deliver(visit, message)).isEmpty();

    assertThat(both()).as("no calendar was called").allMatch(faults -> faults.list().size() == 1);
  }

  @Test
  void anEntryThatCannotBeReadBackIsLeftAsItIsUntilItCan() {
    String visit = booked();
    deliver(visit);
    calendars.changeInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)), "{\"subject\":\"Lunch\"}");
    sandbox.graph().faults().add(fault("^GET .*(events|calendarView)"));

    assertThat(deliver(visit, "m-1")).hasSize(1);
    assertThat(onlyInOutlook(INGRIDS).path("subject").asText()).isEqualTo("Lunch");

    clock.move(LEASE);
    assertThat(deliver(visit, "m-1")).isEmpty();
    assertThat(onlyInOutlook(INGRIDS).path("subject").asText()).contains("Canaryson");
  }

  @Test
  void aCopyThatSomebodyMadeIsTheirsAndTheEntryIsStillKept() {
    String visit = booked();
    deliver(visit);
    calendars.makeInGoogle(
        INGRIDS,
        "{\"summary\":\"Busy\",\"start\":{\"dateTime\":\"2031-01-01T00:00:00Z\"},"
            + "\"end\":{\"dateTime\":\"2031-01-01T01:00:00Z\"}}");
    staff().cancel(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(onlyInGoogle(INGRIDS).path("summary").asText()).isEqualTo("Busy");
  }

  private List<Faults> both() {
    return List.of(sandbox.graph().faults(), sandbox.google().faults());
  }

  private static Fault fault(String match) {
    return new Fault(Fault.Kind.STATUS, 1, match, 503, "", null, 0);
  }

  /** The fields of an event that we write, without the provider's own counters. */
  private static String written(JsonNode event) {
    StringBuilder text = new StringBuilder();
    for (String field :
        List.of("id", "subject", "summary", "body", "location", "showAs", "start", "end")) {
      text.append(event.path(field)).append('\n');
    }
    return text.toString();
  }
}
