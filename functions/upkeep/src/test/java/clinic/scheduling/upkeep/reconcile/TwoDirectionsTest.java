package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.sandbox.canvas.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Visits and meetings are reconciled beside each other: what stops one direction does not stop the
 * other, and blocks disturb no visit.
 */
@QuarkusTest
class TwoDirectionsTest extends MeetingsCase {

  @Test
  void blocksAreNoVisitsAndNobodyIsToldOfThem() {
    String visit = mirrored(INGRID);
    meeting(Provider.OUTLOOK, hour(3));
    meeting(Provider.GOOGLE, hour(4));
    mirrorAll();
    blocks().forEach(block -> fanOut.notice(block.appointment()));
    fanOut.heard.clear();

    JsonNode found = found();

    assertThat(outcome(found)).as(found.toString()).isEqualTo("agrees");
    assertThat(found.path("visits").asInt()).isEqualTo(1);
    assertThat(found.path("wanted").asInt()).as("one visit in two calendars").isEqualTo(2);
    assertThat(count(found, "compared")).isEqualTo(2);
    assertThat(count(found, "blocks")).isEqualTo(2);
    assertThat(found.path("equal").asBoolean()).isTrue();
    assertThat(changes.sent()).isEmpty();
    assertThat(fanOut.heard).isEmpty();
    assertThat(found.toString()).doesNotContain(visit);
    assertThat(metrics.get(0)).contains("\"Equal\":1", "\"Repaired\":0");
  }

  @Test
  void ourEntriesInTheCalendarsAreNoMeetings() {
    mirrored(INGRID);
    mirrorAll();

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("agrees");
    assertThat(count(found, "compared")).isZero();
    assertThat(blocks()).isEmpty();
  }

  /** A stamp can get lost: some tools write back an event without what they do not know. */
  @Test
  void anEntryWithoutItsStampIsKnownByItsId() {
    mirrored(INGRID);
    JsonNode inOutlook = hands.outlook(INGRIDS).get(0);
    JsonNode inGoogle = hands.google(INGRIDS).get(0);
    hands.changeInOutlook(
        INGRIDS,
        id(inOutlook),
        "{\"subject\":\"Golf\",\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"lost\"}]}"
            .formatted(EntryStamp.OUTLOOK_PROPERTY));
    hands.changeInGoogle(
        INGRIDS,
        id(inGoogle),
        "{\"summary\":\"Golf\",\"extendedProperties\":{\"private\":{\"%s\":\"\",\"%s\":\"\"}}}"
            .formatted(EntryStamp.GOOGLE_MARK, EntryStamp.GOOGLE_PROPERTY));

    mirrorAll();

    assertThat(hands.outlook(INGRIDS).toString()).doesNotContain("#0\"");
    assertThat(hands.google(INGRIDS).toString()).doesNotContain(EntryStamp.GOOGLE_OURS);
    assertThat(blocks()).isEmpty();
    assertThat(count(found(), "missing")).isZero();
  }

  @Test
  void bothDirectionsAreRepairedInOneRun() {
    visit(INGRID);
    meeting(Provider.GOOGLE, hour(3));

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("repairing");
    assertThat(found.path("missing").asInt()).isEqualTo(2);
    assertThat(count(found, "missing")).isEqualTo(1);
    assertThat(metrics.get(0)).contains("\"OutOfStep\":3", "\"Repaired\":2");
    fanOut.drain();
    mended();
    JsonNode certificate = found();
    assertThat(outcome(certificate)).as(certificate.toString()).isEqualTo("agrees");
    assertThat(certificate.path("equal").asBoolean()).isTrue();
  }

  @Test
  void aCalendarThatCannotBeReadKeepsItsBlocks() {
    String gone = meeting(Provider.OUTLOOK, hour(3));
    meeting(Provider.GOOGLE, hour(4));
    mirrorAll();
    delete(Provider.OUTLOOK, gone);
    graphAnswers(503, 20, "1");

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("unknown");
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("unknown");
    assertThat(meetings(found).path("unread").toString()).contains(key(Provider.OUTLOOK));
    assertThat(count(found, "unexpected")).isZero();
    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(metrics.get(0)).contains("\"Unknown\":1", "\"Equal\":0");
  }

  @Test
  void theOtherCalendarIsComparedMeanwhile() {
    meeting(Provider.GOOGLE, hour(4));
    graphAnswers(503, 20, "1");

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("unknown");
    assertThat(count(found, "missing")).isEqualTo(1);
    assertThat(count(found, "prepared")).isEqualTo(1);
  }

  @Test
  void withoutCanvasNeitherDirectionChangesAnything() {
    meeting(Provider.GOOGLE, hour(4));
    mirrorAll();
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Appointment").untilCleared());

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("unknown");
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("unknown");
    assertThat(calendarChanges.sent()).isEmpty();
  }

  @Test
  void tooManyRemovedBlocksAreHeldAndTheEntriesAreRepaired() {
    visit(INGRID);
    meetingsThatAreGone(8);

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("held");
    assertThat(found.path("reason").asText()).isEqualTo("meeting-removals");
    assertThat(count(found, "unexpected")).isEqualTo(8);
    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(found.path("hinted").asInt()).as("the visit").isEqualTo(1);
    assertThat(log.text()).contains("meetings-held");
    assertThat(metrics.get(0)).contains("\"Held\":1");
  }

  @Test
  void forceIsForEntriesAndForceMeetingsForBlocks() {
    meetingsThatAreGone(8);

    JsonNode forcedEntries =
        ingrid(run(request(Optional.of("ingrid-testwell"), false, true, false)));
    assertThat(outcome(forcedEntries)).isEqualTo("held");

    JsonNode forced = forced();

    assertThat(outcome(forced)).isEqualTo("repairing");
    assertThat(count(forced, "prepared")).isEqualTo(8);
  }

  @Test
  void tooManyRemovedEntriesAreHeldAndTheBlocksAreRepaired() {
    for (int n = 0; n < 8; n++) {
      orphan(Provider.OUTLOOK, INGRIDS);
    }
    meeting(Provider.GOOGLE, hour(3));

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("held");
    assertThat(found.path("reason").asText()).isEqualTo("removals");
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("repairing");
    assertThat(hands.outlook(INGRIDS)).hasSize(8);
    mended();
    assertThat(times()).containsExactly(hour(3));
  }

  @Test
  void allInstancesOfASeriesAreOneRemoval() {
    String series =
        hands.makeInOutlook(
            INGRIDS,
            """
            {"subject":"Canaryson","showAs":"busy",
             "start":{"dateTime":"%s","timeZone":"UTC"},"end":{"dateTime":"%s","timeZone":"UTC"},
             "recurrence":{"pattern":{"type":"daily","interval":1},
               "range":{"type":"numbered","numberOfOccurrences":12,"startDate":"%s"}}}
            """
                .formatted(
                    hour(3).start().toString().replace("Z", ""),
                    hour(3).end().toString().replace("Z", ""),
                    hour(3).start().toString().substring(0, 10)));
    mirrorAll();
    assertThat(blocks()).hasSize(12);
    delete(Provider.OUTLOOK, series);

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("repairing");
    assertThat(count(found, "unexpected")).isEqualTo(12);
    mended();
    assertThat(blocks()).isEmpty();
  }

  @Test
  void aCalendarThatAGuardHasStoppedIsHeldUntilSomebodyForcesIt() {
    meeting(Provider.OUTLOOK, hour(3));
    mirrorAll();
    new MeetingStore(rows, clock).stop(INGRID, key(Provider.OUTLOOK), "loop");

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("held");
    assertThat(found.path("reason").asText()).isEqualTo("meetings-stopped");
    assertThat(meetings(found).path("stopped").toString()).contains(key(Provider.OUTLOOK));
    assertThat(calendarChanges.sent()).isEmpty();

    forced();

    assertThat(calendarChanges.sent())
        .filteredOn(it -> Boolean.TRUE.equals(it.force()))
        .extracting(CalendarChange::binding)
        .containsExactly(key(Provider.OUTLOOK));
    mended();
    assertThat(outcome(found())).isEqualTo("agrees");
  }

  @Test
  void forcingMeetingsNeedsAName() {
    assertThatThrownBy(() -> run("{\"task\":\"reconcile\",\"forceMeetings\":true}"))
        .hasMessageContaining("forceMeetings");
  }

  @Test
  void ifNoCalendarBlocksTimeNoneIsReadForMeetings() {
    now = practice(document -> direction(document, "from-canvas"));
    mirrored(INGRID);
    meeting(Provider.OUTLOOK, hour(3));

    JsonNode found =
        ingrid(
            task(SimulatedRounds.on(rows, List.of(), clock, 330))
                .run(ALL, Deadline.in(Duration.ofMinutes(5), clock)));

    assertThat(outcome(found)).isEqualTo("agrees");
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("agrees");
    assertThat(count(found, "compared")).isZero();
  }

  @Test
  void withoutTimeForTheMeetingsNothingIsBegun() {
    visit(INGRID);
    meeting(Provider.OUTLOOK, hour(3));

    JsonNode answer = run(ALL, Deadline.in(Duration.ofSeconds(85), clock));

    assertThat(ingrid(answer).path("reason").asText()).isEqualTo("too-much");
    assertThat(changes.sent()).isEmpty();
    assertThat(calendarChanges.sent()).isEmpty();
  }

  @Test
  void backToOneDirectionTheBlocksGoAndForwardAgainTheyComeBack() {
    meeting(Provider.OUTLOOK, hour(3));
    meeting(Provider.GOOGLE, hour(4));
    mirrorAll();

    now = practice(document -> direction(document, "from-canvas"));
    assertThat(count(found(), "unexpected")).isEqualTo(2);
    mended();
    assertThat(times()).isEmpty();
    assertThat(outcome(found())).isEqualTo("agrees");

    now = practice(document -> direction(document, "both"));
    assertThat(count(found(), "missing")).isEqualTo(2);
    mended();
    assertThat(times()).containsExactly(hour(3), hour(4));
    assertThat(outcome(found())).isEqualTo("agrees");
  }

  @Test
  void backToOneDirectionTheGuardOfTheMirrorHolds() {
    for (int day = 3; day < 12; day++) {
      meeting(Provider.OUTLOOK, hour(day));
    }
    mirrorAll();

    now = practice(document -> direction(document, "from-canvas"));
    assertThat(outcome(found())).isEqualTo("held");
    assertThat(blocks()).hasSize(9);

    forced();
    mended();
    forced();
    mended();
    assertThat(blocks()).isEmpty();
    assertThat(outcome(found())).isEqualTo("agrees");
  }

  @Test
  void aClinicianWhoHasLeftLosesTheBlocks() {
    meeting(Provider.OUTLOOK, hour(3));
    meeting(Provider.GOOGLE, hour(40));
    mirrorAll();
    run(ALL);

    now = practice(MeetingsCase::ingridHasLeft);
    runs(4);

    assertThat(times()).isEmpty();
  }

  /** As after a restored backup: no row names the calendars. */
  @Test
  void evenIfNoRowKnowsTheCalendars() {
    meeting(Provider.OUTLOOK, hour(3));
    mirrorAll();
    run(ALL);
    MeetingStore store = new MeetingStore(rows, clock);
    store
        .rounds(INGRID)
        .forEach(
            round -> {
              store.forget(INGRID, round, store.meetings(INGRID, round.binding()));
              new MirroredCalendars(rows, clock).forget(round.binding(), INGRID);
            });

    now = practice(MeetingsCase::ingridHasLeft);
    runs(2);

    assertThat(times()).isEmpty();
  }

  private void runs(int times) {
    for (int n = 0; n < times; n++) {
      run(ALL);
      mended();
    }
  }

  private void meetingsThatAreGone(int many) {
    List<String> meetings = new ArrayList<>();
    for (int n = 0; n < many; n++) {
      meetings.add(meeting(Provider.GOOGLE, hour(3 + n)));
    }
    mirrorAll();
    meetings.forEach(one -> delete(Provider.GOOGLE, one));
  }
}
