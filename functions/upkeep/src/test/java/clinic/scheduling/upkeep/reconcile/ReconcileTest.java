package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clinic.scheduling.calendars.effect.EffectOutcome;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Meetings;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every discrepancy between Canvas, the ledger and the calendars is found and repaired. */
@QuarkusTest
class ReconcileTest extends ReconcileCase {
  private static final String OUTLOOK_TIME = "{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"}";

  @Inject EffectRunner keeper;
  @Inject ChangeLog told;

  @Test
  void whatAgreesIsCertifiedAndLeftAlone() {
    mirrored(INGRID);
    mirrored(OMAR);

    JsonNode answer = reconcile();

    assertThat(outcome(ingrid(answer))).isEqualTo("agrees");
    assertThat(ingrid(answer).path("wanted").asInt()).isEqualTo(2);
    assertThat(ingrid(answer).path("standing").asInt()).isEqualTo(2);
    assertThat(ingrid(answer).path("equal").asBoolean()).isTrue();
    assertThat(ingrid(answer).path("canvasDigest"))
        .isEqualTo(ingrid(answer).path("calendarDigest"))
        .isNotEqualTo(omar(answer).path("canvasDigest"));
    assertThat(changes.sent()).isEmpty();
    assertThat(answer.path("left")).isEmpty();
  }

  @Test
  void aClinicianIsCertifiedThoughVeryManyRequestsAreKeptOfAVisit() {
    crowd(mirrored(INGRID));

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("agrees");
    assertThat(found.path("equal").asBoolean()).isTrue();
  }

  /**
   * Writes more requests than one read of the table returns, into the partition in which earlier
   * versions stored them.
   */
  private void crowd(String visit) {
    for (int from = 0; from < 1_200; from += 100) {
      int first = from;
      rows.write(
          IntStream.range(0, 100)
              .mapToObj(i -> RowKey.ofVisit(visit, "cancellation#" + (first + i)))
              .map(key -> Row.fresh(key, clock.instant().plus(Duration.ofDays(9)), Map.of()))
              .toList());
      clock.move(Duration.ofSeconds(1));
    }
  }

  @Test
  void aVisitWhoseNoticeWasLostIsFound() {
    String visit = visit(INGRID);

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("repairing");
    assertThat(found.path("missing").asInt()).isEqualTo(2);
    assertThat(found.path("unseen").asInt()).isEqualTo(1);
    assertThat(found.path("hinted").asInt()).isEqualTo(1);
    assertThat(found.path("equal").asBoolean()).isFalse();
    assertThat(changes.sent())
        .extracting(ChangeNotice::appointment, ChangeNotice::hint)
        .containsExactly(tuple(visit, "reconciliation"));
    assertMended();
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
  }

  @Test
  void aChangeThatNoCalendarShowsIsFoundForItsPatient() {
    String visit = mirrored(INGRID);
    assertThat(
            told.write(
                visit, told.read(visit), new ChangeRecord(1, Change.CANCELLED, "gone", true)))
        .isTrue();

    JsonNode found = ingrid(reconcile());

    assertThat(outcome(found)).isEqualTo("repairing");
    assertThat(found.path("untold").asInt()).isEqualTo(1);
    assertThat(found.path("equal").asBoolean()).as("the calendars are right").isTrue();
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).containsExactly(visit);
    assertMended();
  }

  @Test
  void whatWasDeletedByHandComesBack() {
    mirroredLongAgo();
    hands.deleteInOutlook(INGRIDS, id(hands.outlook(INGRIDS).get(0)));
    hands.deleteInGoogle(INGRIDS, id(hands.google(INGRIDS).get(0)));

    assertThat(ingrid(reconcile()).path("missing").asInt()).isEqualTo(2);

    assertMended();
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
    assertThat(hands.google(INGRIDS)).hasSize(1);
  }

  @Test
  void whatWasEditedByHandIsWrittenOver() {
    mirrored(INGRID);
    JsonNode outlook = hands.outlook(INGRIDS).get(0);
    JsonNode google = hands.google(INGRIDS).get(0);
    hands.changeInOutlook(INGRIDS, id(outlook), "{\"subject\":\"Golf\"}");
    hands.changeInGoogle(INGRIDS, id(google), "{\"description\":\"with notes\"}");

    assertThat(ingrid(reconcile()).path("differs").asInt()).isEqualTo(2);

    assertMended();
    assertThat(hands.outlook(INGRIDS).get(0).path("subject")).isEqualTo(outlook.path("subject"));
    assertThat(hands.google(INGRIDS).get(0).path("description"))
        .isEqualTo(google.path("description"));
  }

  @Test
  void anEntryThatWasDraggedElsewhereIsPutBack() {
    mirrored(INGRID);
    JsonNode google = hands.google(INGRIDS).get(0);
    hands.changeInGoogle(
        INGRIDS,
        id(google),
        "{\"start\":{\"dateTime\":\"%s\"},\"end\":{\"dateTime\":\"%s\"}}"
            .formatted(start().plus(Duration.ofDays(300)), start().plus(Duration.ofDays(301))));

    assertThat(ingrid(reconcile()).path("missing").asInt()).isEqualTo(1);

    assertMended();
    assertThat(id(hands.google(INGRIDS).get(0))).isEqualTo(id(google));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEntryInAnotherCalendarOfTheMailboxIsMadeAnewAndGoesThere(boolean ledgerKnows) {
    mirroredLongAgo();
    hands.moveInOutlook(INGRIDS, id(hands.outlook(INGRIDS).get(0)), "otherCalendar");
    if (!ledgerKnows) {
      rows.clear();
      clock.move(Duration.ofMinutes(10));
    }

    assertThat(ingrid(reconcile()).path("missing").asInt()).isEqualTo(1);

    assertMended();
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
    assertThat(hands.inOtherCalendars(INGRIDS)).isEmpty();
  }

  @Test
  void anEntryThatSomebodyRepeatsIsOneEntryAndMadeSingleAgain() {
    mirrored(INGRID);
    String outlook = id(hands.outlook(INGRIDS).get(0));
    String google = id(hands.google(INGRIDS).get(0));
    hands.changeInOutlook(
        INGRIDS,
        outlook,
        "{\"recurrence\":{\"pattern\":{\"type\":\"daily\",\"interval\":1},"
            + "\"range\":{\"type\":\"noEnd\",\"startDate\":\"2026-01-01\"}}}");
    hands.changeInGoogle(INGRIDS, google, "{\"recurrence\":[\"RRULE:FREQ=DAILY\"]}");

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("standing").asInt()).isEqualTo(2);
    assertThat(found.path("differs").asInt()).isEqualTo(2);
    assertThat(found.path("duplicate").asInt()).isZero();
    assertMended();
    assertThat(hands.outlook(INGRIDS)).extracting(ReconcileCase::id).containsExactly(outlook);
    assertThat(hands.google(INGRIDS)).extracting(ReconcileCase::id).containsExactly(google);
  }

  @Test
  void anEntryOfOursWithoutAVisitIsTakenAway() {
    orphan(Provider.OUTLOOK, INGRIDS);
    orphan(Provider.GOOGLE, INGRIDS);
    mirrored(INGRID);

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("orphaned").asInt()).isEqualTo(2);
    assertThat(found.path("removed").asInt()).isEqualTo(2);
    assertThat(found.path("hinted").asInt()).isZero();
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
    assertThat(hands.google(INGRIDS)).hasSize(1);
    assertMended();
  }

  @Test
  void aVisitThatCanvasHasForgottenGoesByANotice() {
    mirrored(INGRID);
    canvasForgets();

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("orphaned").asInt()).isEqualTo(2);
    assertThat(found.path("removed").asInt()).isZero();
    assertThat(found.path("hinted").asInt()).isEqualTo(1);
    assertMended();
    assertThat(hands.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void aCancellationWhoseNoticeWasLostIsFound() {
    String visit = mirrored(INGRID);
    staff().cancel(visit);

    assertThat(ingrid(reconcile()).path("misplaced").asInt()).isEqualTo(2);

    assertMended();
    assertThat(hands.google(INGRIDS)).isEmpty();
  }

  /**
   * An earlier version of the fan-out could take a later part of a thread for a visit of its own,
   * and create such an entry.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEntryUnderTheIdOfALaterAppointmentIsMisplacedHoweverRightItsContent(boolean ledgerKnows) {
    String visit = mirrored(INGRID);
    String successor =
        staff()
            .reschedule(
                visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());
    fanOut.notice(visit);
    for (Effect effect : fanOut.effects(visit)) {
      assertThat(keeper.run(successor, effect, "once")).isInstanceOf(EffectOutcome.Settled.class);
    }
    if (!ledgerKnows) {
      rows.clear();
      fanOut.notice(visit);
    }
    assertThat(hands.outlook(INGRIDS)).hasSize(2);

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("misplaced").asInt()).isEqualTo(2);
    assertThat(found.path("equal").asBoolean()).isFalse();
    assertThat(found.path("hinted").asInt()).isEqualTo(ledgerKnows ? 1 : 0);
    assertThat(found.path("removed").asInt()).isEqualTo(ledgerKnows ? 0 : 2);
    assertMended();
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
    assertThat(hands.google(INGRIDS)).hasSize(1);
  }

  @Test
  void aVisitThatStaffMovedToAnotherClinicianGoesWithThem() {
    String visit = mirrored(INGRID);
    staff()
        .reschedule(visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.of(OMAR));

    JsonNode answer = reconcile();

    assertThat(ingrid(answer).path("misplaced").asInt()).isEqualTo(2);
    assertThat(omar(answer).path("missing").asInt()).isEqualTo(2);
    assertMended();
    assertThat(hands.outlook(INGRIDS)).isEmpty();
    assertThat(hands.outlook(OMARS)).hasSize(1);
  }

  @Test
  void aVisitThatWasMovedInPlaceGoesToTheOthersCalendars() {
    String visit = mirrored(INGRID);
    Versioned<Appointment> seen = canvas.appointment(visit).orElseThrow();
    canvas.update(visit, withPractitioner(seen.resource(), OMAR), seen.at());

    reconcile();

    assertMended();
    assertThat(hands.google(INGRIDS)).isEmpty();
    assertThat(hands.google(OMARS)).hasSize(1);
  }

  @Test
  void whatStandsInACalendarThatHasLeftThePracticeIsTakenAway() {
    String visit = mirrored(INGRID);
    CalendarBinding old =
        new CalendarBinding(
            Provider.OUTLOOK,
            "old@example.invalid",
            Policy.BUSY,
            false,
            Direction.FROM_CANVAS,
            Meetings.DEFAULT);
    graphKnowsEveryMailbox();
    assertThat(keeper.run(visit, new Effect.Put(old, entry()), "once"))
        .isInstanceOf(EffectOutcome.Settled.class);
    assertThat(hands.outlook(old.address())).hasSize(1);

    assertThat(ingrid(reconcile()).path("leftBehind").asInt()).isEqualTo(1);

    assertMended();
    assertThat(hands.outlook(old.address())).isEmpty();
  }

  @Test
  void aCopyThatSomebodyMadeIsTakenAwayAndTheEntryStays() {
    mirrored(INGRID);
    JsonNode google = hands.google(INGRIDS).get(0);
    hands.makeInGoogle(INGRIDS, copy(google));

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("duplicate").asInt()).isEqualTo(1);
    assertThat(found.path("removed").asInt()).isEqualTo(1);
    assertThat(hands.google(INGRIDS)).extracting(ReconcileCase::id).containsExactly(id(google));
    assertMended();
  }

  @Test
  void aLedgerThatWasLostLearnsWhatStands() {
    String visit = mirrored(INGRID);
    String outlook = id(hands.outlook(INGRIDS).get(0));
    rows.clear();

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("unknownToLedger").asInt()).isEqualTo(2);
    assertThat(found.path("adopted").asInt()).isEqualTo(2);
    assertMended();
    assertThat(hands.outlook(INGRIDS)).extracting(ReconcileCase::id).containsExactly(outlook);
    staff().cancel(visit);
    fanOut.notice(visit);
    assertThat(hands.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void whatPeopleKeepInTheirCalendarsIsNobodysBusiness() {
    hands.makeInGoogle(INGRIDS, own("summary", "{\"dateTime\":\"%sZ\"}"));
    hands.makeInOutlook(INGRIDS, own("subject", OUTLOOK_TIME));

    JsonNode answer = reconcile();

    assertThat(outcome(ingrid(answer))).isEqualTo("agrees");
    assertThat(ingrid(answer).path("standing").asInt()).isZero();
    assertThat(hands.google(INGRIDS)).hasSize(1);
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
  }

  @Test
  void onlyTheClinicianAndTheDaysThatWereAskedForAreLookedAt() {
    String near = visit(INGRID);
    String far = visitAt(INGRID, start().plus(Duration.ofDays(20)));
    visit(OMAR);

    JsonNode answer =
        run(
            "{\"task\":\"reconcile\",\"practitioner\":\"ingrid-testwell\",\"to\":\"%s\"}"
                .formatted(start().plus(Duration.ofDays(10)).toString().substring(0, 10)));

    assertThat(answer.path("certificates")).hasSize(1);
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).containsExactly(near);
    assertThat(near).isNotEqualTo(far);
  }

  @Test
  void aVisitThatStaffMovedToDaysThatAreNotLookedAtIsNotMissing() {
    String moved = mirrored(INGRID);
    String lost = mirrored(INGRID);
    for (String visit : List.of(moved, lost)) {
      staff()
          .reschedule(visit, start().plus(Duration.ofDays(90)), Optional.empty(), Optional.empty());
    }
    fanOut.notice(moved);

    JsonNode found = ingrid(reconcile());

    assertThat(found.path("missing").asInt()).isZero();
    assertThat(found.path("leftBehind").asInt()).isZero();
    assertThat(found.path("differs").asInt()).as("the notice of the other was lost").isEqualTo(2);
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).containsExactly(lost);
    assertMended();
    assertThat(hands.outlook(INGRIDS)).hasSize(2);
  }

  @Test
  void theDayOf23HoursBeginsAndEndsAtMidnightOfTheClinic() {
    String first = visitAt(INGRID, Instant.parse("2027-03-14T08:00:00Z"));
    String last = visitAt(INGRID, Instant.parse("2027-03-15T06:30:00Z"));
    visitAt(INGRID, Instant.parse("2027-03-14T07:30:00Z"));
    visitAt(INGRID, Instant.parse("2027-03-15T07:00:00Z"));

    JsonNode found =
        ingrid(run("{\"task\":\"reconcile\",\"from\":\"2027-03-14\",\"to\":\"2027-03-14\"}"));

    assertThat(found.path("visits").asInt()).isEqualTo(2);
    assertThat(changes.sent())
        .extracting(ChangeNotice::appointment)
        .containsExactlyInAnyOrder(first, last);
  }

  @Test
  void anEntryAcrossTheEdgeOfTheDaysIsNotTakenForAStray() {
    Instant edge = Instant.parse("2027-03-15T07:00:00Z");
    fanOut.notice(visitAt(INGRID, edge.minusSeconds(900)));

    for (String day : List.of("2027-03-14", "2027-03-15")) {
      String asked = "{\"task\":\"reconcile\",\"from\":\"%s\",\"to\":\"%s\"}".formatted(day, day);
      JsonNode found = ingrid(run(asked));

      assertThat(outcome(found)).as(day).isEqualTo("agrees");
      assertThat(found.path("standing").asInt()).isEqualTo(2);
    }
  }

  /** Checks that a second run finds nothing after the fan-out has processed the notices. */
  private void assertMended() {
    fanOut.drain();
    JsonNode again = reconcile();
    for (JsonNode certificate : List.of(ingrid(again), omar(again))) {
      assertThat(outcome(certificate)).as(certificate.toString()).isEqualTo("agrees");
      assertThat(certificate.path("equal").asBoolean()).isTrue();
    }
    assertThat(changes.sent()).isEmpty();
  }

  private String own(String title, String time) {
    String start = time.formatted(start().toString().replace("Z", ""));
    String end = time.formatted(start().plusSeconds(3600).toString().replace("Z", ""));
    return "{\"%s\":\"Lunch\",\"start\":%s,\"end\":%s}".formatted(title, start, end);
  }

  private static String copy(JsonNode event) {
    ObjectNode copy = event.deepCopy();
    copy.retain(
        "summary", "description", "location", "start", "end", "visibility", "extendedProperties");
    return copy.toString();
  }

  private static Appointment withPractitioner(Appointment it, String key) {
    List<Participant> participants =
        it.participant().stream()
            .map(
                one ->
                    one.actor().idOf("Practitioner").isPresent()
                        ? Participant.accepted(Reference.to("Practitioner", key))
                        : Participant.accepted(one.actor()))
            .toList();
    return new Appointment(
        it.resourceType(),
        it.id(),
        null,
        it.identifier(),
        it.status(),
        null,
        null,
        null,
        it.supportingInformation().stream()
            .filter(one -> one.idOf("Location").isPresent())
            .toList(),
        it.start(),
        it.end(),
        participants);
  }

  /**
   * Creates a visit whose entries were written three minutes ago. Outlook may not show entries that
   * are more recent.
   */
  private void mirroredLongAgo() {
    clock.move(Duration.ofMinutes(-3));
    mirrored(INGRID);
    clock.move(Duration.ofMinutes(3));
  }
}
