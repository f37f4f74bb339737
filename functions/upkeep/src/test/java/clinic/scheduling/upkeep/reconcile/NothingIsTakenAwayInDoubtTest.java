package clinic.scheduling.upkeep.reconcile;

import static clinic.scheduling.sandbox.canvas.Fault.once;
import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.canvas.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calendars stay as they are if something cannot be read, or too much would be removed. */
@QuarkusTest
class NothingIsTakenAwayInDoubtTest extends ReconcileCase {
  private static final int MANY = 8;

  @Test
  void canvasThatForgetsEverythingEmptiesNoCalendar() {
    many();
    canvasForgets();

    JsonNode held = ingrid(reconcile());

    assertThat(outcome(held)).isEqualTo("held");
    assertThat(held.path("orphaned").asInt()).isEqualTo(2 * MANY);
    assertThat(held.path("hinted").asInt() + held.path("removed").asInt()).isZero();
    assertThat(changes.sent()).isEmpty();
    assertThat(log.text()).contains("reconciliation-held");
    assertThat(hands.outlook(INGRIDS)).hasSize(MANY);
  }

  @Test
  void strangersInNumbersAreNotTakenAwayEither() {
    for (int i = 0; i < MANY; i++) {
      orphan(Provider.GOOGLE, INGRIDS);
    }

    assertThat(outcome(ingrid(reconcile()))).isEqualTo("held");
    assertThat(hands.google(INGRIDS)).hasSize(MANY);
  }

  @Test
  void untilSomebodySaysGoOn() {
    many();
    canvasForgets();

    JsonNode forced = ingrid(run("{\"task\":\"reconcile\",\"force\":true}"));

    assertThat(outcome(forced)).isEqualTo("repairing");
    assertThat(forced.path("hinted").asInt()).isEqualTo(MANY);
    fanOut.drain();
    assertThat(hands.outlook(INGRIDS)).isEmpty();
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
  }

  @Test
  void aDryRunTellsThePlanAndDoesNothing() {
    String lost = visit(INGRID);
    String orphan = orphan(Provider.GOOGLE, INGRIDS);
    String before = rows.text();

    JsonNode plan = ingrid(run("{\"task\":\"reconcile\",\"dryRun\":true}"));

    assertThat(outcome(plan)).isEqualTo("planned");
    assertThat(plan.path("findings"))
        .extracting(
            it ->
                it.path("finding").asText()
                    + " "
                    + it.path("visit").asText()
                    + " "
                    + it.path("repair").asText())
        .containsExactlyInAnyOrder(
            "missing " + lost + " hint",
            "missing " + lost + " hint",
            "orphaned " + orphan + " remove");
    assertThat(changes.sent()).isEmpty();
    assertThat(hands.google(INGRIDS)).hasSize(1);
    assertThat(rows.text().lines().filter(line -> line.contains("cursor"))).isEmpty();
    assertThat(before).doesNotContain("cursor");
  }

  @Test
  void aCalendarThatCannotBeReadIsUnknownAndTheOtherIsMended() {
    visit(INGRID);
    orphan(Provider.OUTLOOK, INGRIDS);
    graphAnswers(503, 100, "1");

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("unknown");
    assertThat(found.path("unread").properties()).hasSize(1);
    assertThat(found.path("missing").asInt()).isEqualTo(1);
    assertThat(found.path("equal").asBoolean()).isFalse();
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
    assertThat(log.text()).contains("calendar-unreadable");
  }

  @Test
  void aMailboxThatWantsToBeLeftAloneIsLeftAlone() {
    mirrored(INGRID);
    graphAnswers(429, 1, "120");

    assertThat(ingrid(reconcile()).path("unread").toString()).contains("throttled");
    assertThat(ingrid(reconcile()).path("unread").toString()).contains("throttled");

    clock.move(Duration.ofSeconds(121));
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
  }

  @Test
  void canvasThatDoesNotAnswerWhollyIsUnknown() {
    for (Fault fault :
        List.of(
            status(500, "GET", "/Appointment"),
            once(Fault.Kind.MALFORMED_ENTRY, "GET", "/Appointment"),
            once(Fault.Kind.ENDLESS_PAGES, "GET", "/Appointment"),
            once(Fault.Kind.TRUNCATED, "GET", "/Appointment"),
            once(Fault.Kind.EMPTY_BODY, "GET", "/Appointment"))) {
      quiet();
      orphan(Provider.OUTLOOK, INGRIDS);
      mirrored(OMAR);
      sandbox.canvas().faults().add(fault.query(INGRID).untilCleared());

      JsonNode answer = reconcile();

      assertThat(outcome(ingrid(answer))).as(fault.toString()).isEqualTo("unknown");
      assertThat(ingrid(answer).path("reason").asText()).startsWith("canvas");
      assertThat(hands.outlook(INGRIDS)).hasSize(1);
      assertThat(changes.sent()).isEmpty();
      assertThat(outcome(omar(answer))).isEqualTo("agrees");
      closeLog();
    }
  }

  @Test
  void aVisitThatCannotBeLookedUpIsNotAnOrphan() {
    orphan(Provider.OUTLOOK, INGRIDS);
    sandbox.canvas().faults().add(status(500, "GET", "/Appointment/").untilCleared());

    assertThat(outcome(ingrid(reconcile()))).isEqualTo("unknown");
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
  }

  @Test
  void whereAWorkerIsJustNowNothingIsSaid() {
    String visit = visit(INGRID);
    for (Provider provider : Provider.values()) {
      RowKey row = RowKey.ofVisit(visit, "calendar#" + binding(provider, INGRIDS).key());
      new Ledger(rows, clock).claim(row, "at work", Duration.ofSeconds(60));
    }

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("agrees");
    assertThat(found.path("inMotion").asInt()).isEqualTo(2);
    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void troubleWithOneClinicianKeepsNobodyElseFromTheirTurn() {
    visit(INGRID);
    visit(OMAR);
    sandbox.canvas().faults().add(status(500, "GET", "/Appointment").query(INGRID).untilCleared());

    JsonNode answer = reconcile();

    assertThat(outcome(ingrid(answer))).isEqualTo("unknown");
    assertThat(outcome(omar(answer))).isEqualTo("repairing");
    assertThat(changes.sent()).hasSize(1);
  }

  private void many() {
    for (int i = 0; i < MANY; i++) {
      mirrored(INGRID);
    }
  }
}
