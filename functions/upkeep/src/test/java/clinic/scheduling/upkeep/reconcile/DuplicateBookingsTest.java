package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * If a create takes effect in Canvas long after it was retried, Canvas has the booking twice. The
 * appointment that the patient knows is kept, and the other one is cancelled. If there is any
 * doubt, both are kept.
 */
@QuarkusTest
class DuplicateBookingsTest extends ReconcileCase {
  @Inject BookingJournal journal;

  @AfterEach
  void usual() {
    sandbox.canvas().toggles().reset();
    canvasForgets();
  }

  @Test
  void theOneThatTheBookingHasNotedStays() {
    List<String> both = twice();
    String known = both.get(1);
    journal.note(bookingOf(known), known);

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("twiceBooked").asInt()).isEqualTo(1);
    assertThat(found.path("cancelled").asInt()).isEqualTo(1);
    assertThat(statuses(both)).containsExactly("cancelled", "proposed");
    assertThat(bookingOf(both.get(0))).as("the identifier is kept").isEqualTo(bookingOf(known));
    assertThat(changes.sent())
        .extracting(ChangeNotice::appointment)
        .containsExactlyInAnyOrderElementsOf(both);
    fanOut.drain();
    assertThat(outcome(ingrid(reconcile()))).isEqualTo("agrees");
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
  }

  @Test
  void whereNothingIsNotedTheLowerIdStaysAndIsNoted() {
    List<String> both = twice();
    List<String> inOrder = both.stream().sorted().toList();

    reconcile();

    assertThat(statuses(inOrder)).containsExactly("proposed", "cancelled");
    assertThat(journal.appointment(bookingOf(inOrder.get(0)))).contains(inOrder.get(0));
  }

  @Test
  void ofThreeOneStays() {
    List<String> all = new ArrayList<>(twice());
    all.add(again(all.get(0)));

    assertThat(ingrid(reconcile()).path("cancelled").asInt()).isEqualTo(2);
    reconcile();

    assertThat(statuses(all)).containsOnlyOnce("proposed");
  }

  @Test
  void anotherClinicianOrAnotherTimeMakesNoDifferenceToTheOneThatIsKnown() {
    String known = visit(INGRID);
    String late = again(known);
    journal.note(bookingOf(known), known);
    Appointment moved = now(known);
    canvas.update(
        known, at(moved, OMAR, Duration.ofDays(40)), canvas.appointment(known).orElseThrow().at());

    JsonNode answer = reconcile();

    assertThat(ingrid(answer).path("cancelled").asInt()).isEqualTo(1);
    assertThat(statuses(List.of(known, late))).containsExactly("proposed", "cancelled");
  }

  @Test
  void aDryRunTellsAndDoesNothing() {
    List<String> both = twice();

    JsonNode found = ingrid(run("{\"task\":\"reconcile\",\"dryRun\":true}"));

    assertThat(outcome(found)).isEqualTo("planned");
    assertThat(found.path("twiceBooked").asInt()).isEqualTo(1);
    assertThat(
            found
                .path("findings")
                .valueStream()
                .filter(one -> one.path("finding").asText().equals("twice-booked")))
        .extracting(one -> one.path("repair").asText(), one -> one.path("calendar").asText())
        .containsExactly(tuple("cancel", "canvas"));
    assertThat(statuses(both)).containsExactly("proposed", "proposed");
    assertThat(journal.appointment(bookingOf(both.get(0)))).isEmpty();
    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void theGuardStopsTooMany() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.addAll(twice());
    }

    assertThat(outcome(ingrid(reconcile()))).isEqualTo("held");

    assertThat(statuses(all)).containsOnly("proposed");
    run("{\"task\":\"reconcile\",\"force\":true}");
    assertThat(statuses(all).stream().filter("cancelled"::equals)).hasSize(12);
  }

  @Test
  void whatStaffMovedAndItsReplacementAreOneVisit() {
    sandbox.canvas().toggles().set(Toggle.RESCHEDULE_KEEPS_IDENTIFIERS, true);
    String first = visit(INGRID);
    journal.note(bookingOf(first), first);
    String second =
        staff()
            .reschedule(
                first, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.empty());

    assertThat(ingrid(reconcile()).path("twiceBooked").asInt()).isZero();

    assertThat(statuses(List.of(first, second))).containsExactly("cancelled", "proposed");
  }

  @Test
  void aReplacementThatWasNotedIsTheVisitItself() {
    sandbox.canvas().toggles().set(Toggle.RESCHEDULE_KEEPS_IDENTIFIERS, true);
    String first = visit(INGRID);
    String second =
        staff()
            .reschedule(
                first, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.empty());
    journal.note(bookingOf(first), second);
    String third =
        staff()
            .reschedule(
                second, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());

    assertThat(ingrid(reconcile()).path("twiceBooked").asInt()).isZero();

    assertThat(statuses(List.of(third))).containsExactly("proposed");
  }

  @Test
  void ifTheOneThatIsKnownIsOffTheOtherIsLeftToTheClinic() {
    List<String> both = twice();
    journal.note(bookingOf(both.get(0)), both.get(0));
    staff().cancel(both.get(0));

    assertThat(ingrid(reconcile()).path("twiceBooked").asInt()).isZero();

    assertThat(statuses(both)).containsExactly("cancelled", "proposed");
    assertThat(log.errors()).contains("twice-booked-unclear");
  }

  @Test
  void ifTheOneThatIsKnownIsOffNobodyIsToldOfTheOther() {
    reconcile();
    List<String> both = twice();
    journal.note(bookingOf(both.get(0)), both.get(0));
    staff().cancel(both.get(0));
    reconcile();
    fanOut.drain();

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("unheard").asInt()).isZero();
    assertThat(found.path("outcome").asText()).as("not a discrepancy for ever").isEqualTo("agrees");
    assertThat(fanOut.heard).noneMatch(heard -> heard.startsWith(both.get(1)));
  }

  @Test
  void ifTheOneThatIsKnownIsNotShownNothingGoes() {
    List<String> both = twice();
    journal.note(bookingOf(both.get(0)), "0a1b2c3d-0000-4000-8000-00000000dead");

    assertThat(ingrid(reconcile()).path("twiceBooked").asInt()).isZero();

    assertThat(statuses(both)).containsExactly("proposed", "proposed");
  }

  @Test
  void twoPatientsAreNotOneBooking() {
    String one = visit(INGRID);
    Appointment other = appointment(INGRID, patient(), start().plus(Duration.ofHours(9)));
    String two = written(canvas.create(named(other, bookingOf(one))));

    assertThat(ingrid(reconcile()).path("twiceBooked").asInt()).isZero();

    assertThat(statuses(List.of(one, two))).containsExactly("proposed", "proposed");
  }

  @Test
  void oneForWhichSomebodyHasComeStays() {
    List<String> both = twice();
    journal.note(bookingOf(both.get(0)), both.get(0));
    staff().checkIn(both.get(1));

    assertThat(ingrid(reconcile()).path("twiceBooked").asInt()).isZero();

    assertThat(statuses(both)).containsExactly("proposed", "arrived");
  }

  @Test
  void whatCanvasDoesNotTakeIsDoneByTheNextRun() {
    List<String> both = twice();
    sandbox.canvas().faults().add(Fault.status(503, "PUT", "/Appointment/"));

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("cancelled").asInt()).isZero();
    assertThat(found.path("undone").asInt()).isEqualTo(1);
    assertThat(statuses(both)).containsExactly("proposed", "proposed");
    sandbox.canvas().faults().clear();
    assertThat(ingrid(reconcile()).path("cancelled").asInt()).isEqualTo(1);
  }

  private List<String> twice() {
    String first = visit(INGRID);
    return List.of(first, again(first));
  }

  /** Creates the same appointment once more. */
  private String again(String visit) {
    Appointment first = now(visit);
    Appointment second =
        appointment(
            first.practitioner().orElseThrow(),
            first.patient().orElseThrow(),
            first.time().orElseThrow().start());
    return written(canvas.create(named(second, bookingOf(visit))));
  }

  private static Appointment named(Appointment one, String bookingId) {
    return new Appointment(
        "Appointment",
        null,
        null,
        List.of(Identifier.usual(OutsideWorld.SYSTEM, bookingId)),
        one.status(),
        one.appointmentType(),
        one.reasonCode(),
        null,
        one.supportingInformation(),
        one.start(),
        one.end(),
        one.participant());
  }

  private Appointment at(Appointment one, String practitioner, Duration later) {
    Appointment elsewhere =
        appointment(
            practitioner,
            one.patient().orElseThrow(),
            one.time().orElseThrow().start().plus(later));
    return new Appointment(
        "Appointment",
        one.id(),
        null,
        one.identifier(),
        one.status(),
        one.appointmentType(),
        null,
        null,
        elsewhere.supportingInformation(),
        elsewhere.start(),
        elsewhere.end(),
        elsewhere.participant());
  }

  private Appointment now(String visit) {
    return canvas.appointment(visit).orElseThrow().resource();
  }

  private String bookingOf(String visit) {
    return now(visit).identifierOf(OutsideWorld.SYSTEM).orElseThrow();
  }

  private List<String> statuses(List<String> visits) {
    return visits.stream().flatMap(visit -> Stream.ofNullable(now(visit).status())).toList();
  }
}
