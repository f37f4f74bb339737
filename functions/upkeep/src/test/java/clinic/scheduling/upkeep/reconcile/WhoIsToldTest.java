package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reconciliation tells patients what happened to their visits. It tells them nothing because of an
 * event in this system, such as a first deployment, a new clinician or the loss of the table.
 */
@QuarkusTest
class WhoIsToldTest extends ReconcileCase {
  private static final String FORCED = "{\"task\":\"reconcile\",\"force\":true}";

  @Inject ChangeLog told;

  @Test
  void theFirstRunTellsNobodyOfVisitsThatWereThereBefore() {
    List<String> visits = visits(INGRID, 30);

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("repairing");
    assertThat(found.path("noted").asInt()).isEqualTo(30);
    assertThat(found.path("unheard").asInt()).isZero();
    assertThat(visits).allMatch(visit -> told.read(visit).orElseThrow().isBaseline());
    assertNobodyIsTold();
  }

  @Test
  void aLostTableTellsNobody() {
    visits(INGRID, 8).forEach(fanOut::notice);
    assertThat(ingrid(reconcile()).path("noted").asInt()).isZero();
    fanOut.heard.clear();
    rows.clear();

    assertThat(ingrid(reconcile()).path("noted").asInt()).isEqualTo(8);

    assertNobodyIsTold();
  }

  @Test
  void aNewClinicianIsNewByThemselves() {
    reconcile();
    Row mark = rows.read(new RowKey("known#" + OMAR, "visits")).orElseThrow();
    rows.write(mark.next(mark.expires(), Map.of("until", "1970-01-01T00:00:00Z")));
    String lost = visit(INGRID);
    List<String> older = visits(OMAR, 8);

    JsonNode answer = reconcile();

    assertThat(omar(answer).path("noted").asInt()).isEqualTo(8);
    assertThat(ingrid(answer).path("unheard").asInt()).isEqualTo(1);
    fanOut.drain();
    assertThat(fanOut.heard).containsExactly(lost + " BOOKED").doesNotContainAnyElementsOf(older);
  }

  @Test
  void aVisitThatIsMadeLaterIsToldThoughItsNoticeWasLost() {
    mirrored(INGRID);
    reconcile();
    fanOut.heard.clear();
    String visit = visit(INGRID);

    reconcile();
    fanOut.drain();

    assertThat(fanOut.heard).containsExactly(visit + " BOOKED");
  }

  @Test
  void whatIsOlderThanWhatWeKnowIsToldFromThenOn() {
    String visit = visit(INGRID);
    reconcile();
    fanOut.drain();
    staff().cancel(visit);

    reconcile();
    fanOut.drain();

    assertThat(fanOut.heard).containsExactly(visit + " CANCELLED");
  }

  @Test
  void aVisitThatComesIntoTheDaysThatAreLookedAtMayBeOlder() {
    reconcile();
    String visit = visitAt(INGRID, start().plus(Duration.ofDays(55)));
    reconcile();
    assertThat(told.read(visit)).isEmpty();

    clock.move(Duration.ofDays(5));

    assertThat(ingrid(reconcile()).path("noted").asInt()).isEqualTo(1);
    fanOut.drain();
    assertThat(fanOut.heard).isEmpty();
    assertThat(told.read(visit).orElseThrow().isBaseline()).isTrue();
  }

  @Test
  void aVisitThatIsMovedIntoTheDaysThatAreKnownIsToldAsMovedThoughEveryNoticeWasLost() {
    String visit = visitAt(INGRID, start().plus(Duration.ofDays(80)));
    reconcile();
    staff().reschedule(visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());

    assertThat(ingrid(reconcile()).path("unheard").asInt()).isEqualTo(1);
    fanOut.drain();

    assertThat(fanOut.heard).containsExactly(visit + " MOVED");
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
  }

  @Test
  void aVisitThatWasMadeAndMovedWithinTheDaysThatAreKnownIsToldAsBooked() {
    reconcile();
    String visit = visit(INGRID);
    staff().reschedule(visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());

    reconcile();
    fanOut.drain();

    assertThat(fanOut.heard).containsExactly(visit + " BOOKED");
  }

  @Test
  void daysThatWereAskedForByHandLeaveNoGapInWhatIsKnown() {
    String far =
        "{\"task\":\"reconcile\",\"from\":\"%s\",\"to\":\"%s\"}".formatted(day(100), day(110));
    run(far);
    String between = visitAt(INGRID, start().plus(Duration.ofDays(43)));

    assertThat(ingrid(reconcile()).path("noted").asInt()).isEqualTo(1);

    assertThat(told.read(between).orElseThrow().isBaseline()).isTrue();
  }

  @Test
  void aDryRunKnowsNothingAfterwards() {
    String visit = visit(INGRID);
    run("{\"task\":\"reconcile\",\"dryRun\":true}");
    assertThat(told.read(visit)).isEmpty();

    reconcile();

    assertNobodyIsTold();
  }

  @Test
  void tooManyMessagesAtOnceAreHeldAndCalendarsArePutRight() {
    visits(INGRID, 8);
    reconcile();
    fanOut.drain();
    List<String> lost = visits(INGRID, 6);

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("held");
    assertThat(found.path("reason").asText()).isEqualTo("messages");
    assertThat(found.path("unheard").asInt()).isEqualTo(6);
    assertThat(log.text()).contains("messages-held messages=6");
    fanOut.drain();
    assertThat(fanOut.heard).isEmpty();
    assertThat(hands.outlook(INGRIDS)).as("calendars are repaired all the same").hasSize(14);

    assertThat(outcome(ingrid(reconcile()))).as("the next run is held as well").isEqualTo("held");
    fanOut.drain();
    assertThat(fanOut.heard).isEmpty();

    assertThat(outcome(ingrid(run(FORCED)))).isEqualTo("repairing");
    fanOut.drain();
    assertThat(fanOut.heard)
        .containsExactlyInAnyOrderElementsOf(lost.stream().map(it -> it + " BOOKED").toList());
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
  }

  @Test
  void aFewMessagesAreNotHeld() {
    reconcile();
    visits(INGRID, 5);

    assertThat(outcome(ingrid(reconcile()))).isEqualTo("repairing");

    fanOut.drain();
    assertThat(fanOut.heard).hasSize(5);
  }

  @Test
  void whoWasPromisedAVisitHearsThatItIsOffAlthoughTheTableWasLost() {
    String visit = mirrored(INGRID);
    fanOut.heard.clear();
    staff().cancel(visit);
    rows.clear();

    assertThat(ingrid(reconcile()).path("unheard").asInt()).isEqualTo(1);
    fanOut.drain();

    assertThat(fanOut.heard).containsExactly(visit + " CANCELLED");
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoWasPromisedAVisitHearsThatItIsOffAlthoughEveryNoticeWasLost(boolean inKnownDays) {
    if (inKnownDays) {
      reconcile();
    }
    String visit = visit(INGRID);
    Appointment made = canvas.appointment(visit).orElseThrow().resource();
    String view = PatientFingerprint.of(made).orElseThrow();
    told.write(
        visit, Optional.empty(), new ChangeRecord(0, Change.BOOKED, view, false, clock.instant()));
    staff().cancel(visit);

    assertThat(ingrid(reconcile()).path("untold").asInt()).isEqualTo(1);
    fanOut.drain();

    assertThat(fanOut.heard).containsExactly(visit + " CANCELLED");
  }

  @Test
  void whatBookingTookBackItselfIsToldToNobody() {
    String visit = visit(INGRID);
    Versioned<Appointment> seen = canvas.appointment(visit).orElseThrow();
    written(canvas.update(visit, withdrawn(seen.resource()), seen.at()));

    reconcile();
    fanOut.drain();

    assertThat(canvas.appointment(visit).orElseThrow().resource().isWithdrawn(OutsideWorld.SYSTEM))
        .isTrue();
    assertThat(fanOut.heard).isEmpty();
    assertThat(told.read(visit)).map(ChangeRecord::change).contains(Change.CANCELLED);
  }

  private void assertNobodyIsTold() {
    fanOut.drain();
    assertThat(fanOut.heard).isEmpty();
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
    assertThat(changes.sent()).isEmpty();
  }

  private List<String> visits(String practitioner, int count) {
    List<String> visits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      visits.add(visit(practitioner));
    }
    return visits;
  }

  private String day(int ahead) {
    return clock.instant().plus(Duration.ofDays(ahead)).toString().substring(0, 10);
  }

  private static Appointment withdrawn(Appointment it) {
    return new Appointment(
        it.resourceType(),
        it.id(),
        null,
        it.identifiers().stream().map(Identifier::retired).toList(),
        "cancelled",
        it.appointmentType(),
        null,
        null,
        it.supportingInformation().stream()
            .filter(one -> one.idOf("Location").isPresent())
            .toList(),
        it.start(),
        it.end(),
        it.participant());
  }
}
