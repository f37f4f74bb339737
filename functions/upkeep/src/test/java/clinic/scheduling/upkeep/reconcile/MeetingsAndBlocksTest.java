package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every difference between meetings and blocks is found, and repaired through MirrorMeetings. */
@QuarkusTest
class MeetingsAndBlocksTest extends MeetingsCase {
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";

  @ParameterizedTest
  @EnumSource
  void aMeetingOfWhichEveryNoticeWasLostGetsItsBlock(Provider provider) {
    meeting(provider, hour(3));

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("repairing");
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("repairing");
    assertThat(count(found, "compared")).isEqualTo(1);
    assertThat(count(found, "missing")).isEqualTo(1);
    assertThat(count(found, "prepared")).isEqualTo(1);
    assertThat(found.path("equal").asBoolean()).isFalse();
    assertThat(calendarChanges.sent())
        .extracting(CalendarChange::binding)
        .containsExactlyInAnyOrder(key(Provider.OUTLOOK), key(Provider.GOOGLE));
    assertMended();
    assertThat(times()).containsExactly(hour(3));
  }

  @ParameterizedTest
  @EnumSource
  void aMeetingThatHasMovedTakesItsBlockAlong(Provider provider) {
    String meeting = meeting(provider, hour(3));
    mirrorAll();
    move(provider, meeting, hour(4));

    assertThat(count(found(), "misplaced")).isEqualTo(1);

    assertMended();
    assertThat(times()).containsExactly(hour(4));
  }

  @ParameterizedTest
  @EnumSource
  void aBlockWhoseMeetingIsGoneIsTakenAway(Provider provider) {
    String meeting = meeting(provider, hour(3));
    mirrorAll();
    delete(provider, meeting);

    assertThat(count(found(), "unexpected")).isEqualTo(1);

    assertMended();
    assertThat(times()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theCopyOfAMeetingThatIsOverHasTheBlockThatItHad(Provider first) {
    copy(first, "uid-of-a-copied-meeting", hour(0));
    copy(other(first), "uid-of-a-copied-meeting", hour(3));
    mirrorAll();
    assertThat(times()).containsExactlyInAnyOrder(hour(0), hour(3));
    clock.move(Duration.between(clock.instant(), hour(0).end()));

    JsonNode found = found();

    assertThat(count(found, "compared")).isEqualTo(1);
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("agrees");
  }

  @ParameterizedTest
  @EnumSource
  void theCopyOfAMeetingFarAheadHasTheBlockThatItHas(Provider first) {
    int bookingDays = 60;
    copy(first, "uid-of-a-copied-meeting", hour(bookingDays + 2));
    copy(other(first), "uid-of-a-copied-meeting", hour(3));
    mirrorAll();

    JsonNode found = found();

    assertThat(count(found, "compared")).isEqualTo(1);
    assertThat(meetings(found).path("outcome").asText()).isEqualTo("agrees");
  }

  private static Provider other(Provider provider) {
    return provider == Provider.OUTLOOK ? Provider.GOOGLE : Provider.OUTLOOK;
  }

  @Test
  void aBlockThatStaffCancelledComesBack() {
    meeting(Provider.OUTLOOK, hour(3));
    mirrorAll();
    staff().cancel(blocks().get(0).appointment());

    assertThat(count(found(), "missing")).isEqualTo(1);

    assertMended();
    assertThat(times()).containsExactly(hour(3));
  }

  @Test
  void aBlockThatStaffMovedGoesBackAndIsNoVisitMeanwhile() {
    meeting(Provider.GOOGLE, hour(3));
    mirrorAll();
    staff()
        .reschedule(
            blocks().get(0).appointment(), hour(4).start(), Optional.empty(), Optional.empty());

    JsonNode found = found();

    assertThat(found.path("missing").asInt()).as("entries").isZero();
    assertThat(changes.sent()).isEmpty();
    assertMended();
    assertThat(standing().stream().flatMap(one -> one.time().stream())).containsExactly(hour(3));
  }

  @Test
  void aBlockWithAnotherTitleGetsItsOwnBack() {
    meeting(Provider.OUTLOOK, hour(3));
    mirrorAll();
    Appointment block = standing().get(0);
    canvas.update(block.id(), block(block.id(), block.identifiers(), "Lunch"), clock.instant());

    JsonNode found = found();

    assertThat(count(found, "differs")).isEqualTo(1);
    assertMended();
    assertThat(standing().get(0).description()).isEqualTo(Phi.of("Busy"));
  }

  @Test
  void aBlockThatCanvasHasTwiceIsTakenAwayOnce() {
    meeting(Provider.OUTLOOK, hour(3));
    mirrorAll();
    Appointment first = standing().get(0);
    canvas.create(block(null, first.identifiers(), "Busy"));

    JsonNode found = found();

    assertThat(count(found, "duplicate")).isEqualTo(1);
    assertThat(count(found, "removed")).isEqualTo(1);
    assertThat(found.path("twiceBooked").asInt()).isZero();
    assertMended();
    assertThat(standing()).extracting(Appointment::id).containsExactly(first.id());
  }

  @Test
  void aBlockUnderANameThatNoRowKnowsIsTakenAway() {
    mirrorAll();
    BlockName name = new BlockName("0123456789abcdef0123456789abcdef", 0);
    canvas.create(block(null, List.of(Identifier.usual(OutsideWorld.SYSTEM, name.text())), "Busy"));

    JsonNode found = found();

    assertThat(count(found, "unexpected")).isEqualTo(1);
    assertMended();
    assertThat(standing()).isEmpty();
  }

  @Test
  void afterTheLossOfTheTableBlocksAreAdopted() {
    meeting(Provider.OUTLOOK, hour(3));
    meeting(Provider.GOOGLE, hour(4));
    mirrorAll();
    List<Appointment> before = standing();
    rows.clear();

    JsonNode found = found();

    assertThat(count(found, "untracked")).isEqualTo(2);
    assertMended();
    assertThat(standing()).extracting(Appointment::id).hasSameElementsAs(ids(before));
  }

  @Test
  void aConflictWithAVisitIsCertifiedAndLeftToTheClinic() {
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, false);
    fanOut.notice(visitAt(INGRID, hour(3).start()));
    meeting(Provider.OUTLOOK, hour(3));
    mirrorAll();

    JsonNode found = found();

    assertThat(outcome(found)).isEqualTo("agrees");
    assertThat(count(found, "conflict")).isEqualTo(1);
    assertThat(found.path("equal").asBoolean()).isFalse();
    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(metrics.get(0)).contains("\"MeetingConflicts\":1", "\"OutOfStep\":0");
  }

  @Test
  void aDryRunPlansAndDoesNothing() {
    meeting(Provider.OUTLOOK, hour(3));

    JsonNode found = ingrid(run(request(Optional.empty(), true, false, false)));

    assertThat(outcome(found)).isEqualTo("planned");
    assertThat(count(found, "missing")).isEqualTo(1);
    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(metrics).isEmpty();
  }

  @Test
  void whatIsOverIsNotCompared() {
    Instant soon = clock.instant().plus(A_WHILE).minusSeconds(60); // over when it was mirrored
    meeting(Provider.OUTLOOK, new Interval(soon.minusSeconds(1_800), soon));
    meeting(Provider.OUTLOOK, hour(58));
    mirrorAll();
    assertThat(blocks()).hasSize(2);
    blocks().stream()
        .filter(block -> block.time().start().isBefore(hour(1).start()))
        .forEach(block -> staff().cancel(block.appointment()));

    JsonNode found = found();

    assertThat(outcome(found)).as(found.toString()).isEqualTo("agrees");
    assertThat(count(found, "compared")).isEqualTo(1);
    assertThat(count(found, "blocks")).isEqualTo(1);
  }

  /** The next run finds nothing once MirrorMeetings has handled the repairs. */
  private void assertMended() {
    mended();
    JsonNode certificate = found();
    assertThat(outcome(certificate)).as(certificate.toString()).isEqualTo("agrees");
    assertThat(certificate.path("equal").asBoolean()).isTrue();
    assertThat(calendarChanges.sent()).isEmpty();
  }

  private Appointment block(String id, List<Identifier> names, String title) {
    Interval time = hour(3);
    return new Appointment(
        "Appointment",
        id,
        null,
        names,
        "booked",
        CodeableConcept.of(new Coding("http://snomed.info/sct", "272379006", "Generic event")),
        null,
        Phi.of(title),
        List.of(Reference.to("Location", HARBOR)),
        time.start().toString(),
        time.end().toString(),
        List.of(Participant.accepted(Reference.to("Practitioner", INGRID))));
  }

  private static List<String> ids(List<Appointment> all) {
    return all.stream().map(Appointment::id).toList();
  }
}
