package clinic.scheduling.canvas.message;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.canvas.message.MessagePlan.Look;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A patient is told once about each change that they can see, and about nothing else
 * (docs/decisions/0021).
 */
class MessagePlanTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final String ON = view("2026-11-24T17:00:00Z", "dr-1");
  private static final String LATER = view("2026-11-24T18:00:00Z", "dr-1");
  private static final String WITH_ANOTHER = view("2026-11-24T17:00:00Z", "dr-2");
  private static final String OFF = PatientFingerprint.GONE;

  private Practice practice;

  @BeforeEach
  void readPractice() throws IOException {
    practice = practice(true);
  }

  /** The first table of docs/decisions/0021: visits without a record. */
  @ParameterizedTest(name = "{0}: {6} {7}")
  @CsvSource({
    // The columns: row of the decision's table and name of the case; whether the visit is on, is
    // in the future, was promised, is called new by a notice, and lies in the recorded days; the
    // change; whether no message is sent.
    "1 new by a notice,                  true,  true,  false, true,  false, BOOKED,    false",
    "1 new by our own notice,            true,  true,  true,  true,  false, BOOKED,    false",
    "1 new by a notice in known days,    true,  true,  false, true,  true,  BOOKED,    false",
    "2 its notice was lost,              true,  true,  false, false, true,  BOOKED,    false",
    "2 ours and its notice was lost,     true,  true,  true,  false, true,  BOOKED,    false",
    "4 older than what we know,          true,  true,  false, false, false, BOOKED,    true",
    "4 ours and the table was lost,      true,  true,  true,  false, false, BOOKED,    true",
    "5 promised and off,                 false, true,  true,  false, false, CANCELLED, false",
    "5 promised and off in known days,   false, true,  true,  false, true,  CANCELLED, false",
    "5 promised and off at first notice, false, true,  true,  true,  false, CANCELLED, false",
    "6 never promised and off,           false, true,  false, false, true,  CANCELLED, true",
    "6 never promised and off at once,   false, true,  false, true,  true,  CANCELLED, true",
    "7 past,                             true,  false, true,  true,  true,  BOOKED,    true",
    "7 past and off,                     false, false, true,  true,  true,  CANCELLED, true",
  })
  void aVisitWithoutARow(
      String row,
      boolean on,
      boolean ahead,
      boolean promised,
      boolean isNew,
      boolean known,
      Change change,
      boolean silent) {
    Look look = new Look(on ? ON : OFF, ahead, promised, isNew, false, () -> notMoved(known));

    ChangeRecord next = next(look, Optional.empty()).orElseThrow();

    assertThat(next.change()).isEqualTo(change);
    assertThat(next.sent()).isEqualTo(silent);
    assertThat(next.sequence()).isZero();
    assertThat(next.isBaseline()).isEqualTo(row.startsWith("4"));
  }

  @Test
  void aVisitThatStaffHaveJustMovedIsToldAsMovedThoughItIsOlderThanWhatWeKnow() {
    Look look = new Look(LATER, true, false, false, true, () -> moved(false));

    ChangeRecord next = next(look, Optional.empty()).orElseThrow();

    assertThat(next.change()).isEqualTo(Change.MOVED);
    assertThat(next.sent()).isFalse();
    assertThat(next.assumed()).contains(ON);
    assertThat(next(look, Optional.of(next.afterSending()))).isEmpty();
  }

  @Test
  void aVisitThatWasMovedIntoKnownDaysIsToldAsMovedByWhateverLook() {
    Look look = new Look(LATER, true, false, false, false, () -> moved(true));

    assertThat(next(look, Optional.empty()).orElseThrow().change()).isEqualTo(Change.MOVED);
  }

  @Test
  void aVisitThatIsNewIsToldAsBookedThoughItWasMovedSince() {
    UnrecordedVisit visit = new UnrecordedVisit(true, true, Optional.of(ON));
    Look look = new Look(LATER, true, false, false, true, () -> visit);

    assertThat(next(look, Optional.empty()).orElseThrow().change()).isEqualTo(Change.BOOKED);
  }

  @Test
  void aMoveWhosePatientSeesNoDifferenceIsRecordedInSilence() {
    Look look = new Look(ON, true, false, false, true, () -> moved(true));

    assertThat(next(look, Optional.empty()).orElseThrow().isBaseline()).isTrue();
  }

  /** The second table of docs/decisions/0021: a visit with a record. */
  @Test
  void whatThePatientSeesIsToldOnce() {
    Optional<ChangeRecord> booked = sent(next(fresh(ON), Optional.empty()));
    Optional<ChangeRecord> moved = sent(next(seen(LATER), booked));
    Optional<ChangeRecord> off = sent(next(seen(OFF), moved));

    assertThat(moved.orElseThrow().change()).isEqualTo(Change.MOVED);
    assertThat(off.orElseThrow().change()).isEqualTo(Change.CANCELLED);
    assertThat(off.orElseThrow().sequence()).isEqualTo(2);
    assertThat(next(seen(OFF), off)).isEmpty();
    assertThat(next(seen(LATER), off).orElseThrow().change()).isEqualTo(Change.RESTORED);
    assertThat(next(fresh(ON), booked)).as("a repeat of the first notice").isEmpty();
  }

  @Test
  void aPromiseThatIsOffIsToldAlthoughNobodySawItStand() {
    ChangeRecord promise = new ChangeRecord(0, Change.BOOKED, ON, false, NOW);

    ChangeRecord next = next(seen(OFF), Optional.of(promise)).orElseThrow();

    assertThat(next.change()).isEqualTo(Change.CANCELLED);
    assertThat(next.sent()).isFalse();
  }

  @Test
  void whatThePracticeDoesNotShowIsRecordedInSilenceAndIsNoNewsLater() throws IOException {
    ChangeRecord booked = sent(next(fresh(ON), Optional.empty())).orElseThrow();
    practice = practice(false);

    ChangeRecord handedOver = next(seen(WITH_ANOTHER), Optional.of(booked)).orElseThrow();

    assertThat(handedOver).isEqualTo(booked.withFingerprint(WITH_ANOTHER));
    practice = practice(true);
    assertThat(next(seen(WITH_ANOTHER), Optional.of(handedOver))).isEmpty();
  }

  @Test
  void aChangeThatWaitsForItsOrderIsNotLostWithASilentOne() throws IOException {
    ChangeRecord promise = new ChangeRecord(0, Change.BOOKED, ON, false, NOW);
    practice = practice(false);

    assertThat(next(seen(WITH_ANOTHER), Optional.of(promise)))
        .hasValueSatisfying(it -> assertThat(it.sent()).isFalse());
  }

  @Test
  void aRowOfAnOlderFormIsBroughtUpToDateInSilence() {
    ChangeRecord old = new ChangeRecord(3, Change.MOVED, "a.b.c.d.e", true, NOW);

    assertThat(next(seen(ON), Optional.of(old))).contains(old.withFingerprint(ON));
  }

  @Test
  void aBaselineIsToldWhenTheNoticeOfItsBookingComesAfterAnother() {
    ChangeRecord baseline = next(older(ON), Optional.empty()).orElseThrow();

    ChangeRecord next = next(fresh(ON), Optional.of(baseline)).orElseThrow();

    assertThat(next).isEqualTo(new ChangeRecord(1, Change.BOOKED, ON, false, NOW));
    assertThat(next(fresh(ON), Optional.of(next.afterSending()))).isEmpty();
    assertThat(next(fresh(OFF), Optional.of(baseline)).orElseThrow().change())
        .isEqualTo(Change.CANCELLED);
  }

  @Test
  void aBaselineIsWhatItsPatientKnows() {
    ChangeRecord baseline = next(older(ON), Optional.empty()).orElseThrow();

    ChangeRecord moved = next(seen(LATER), Optional.of(baseline)).orElseThrow();

    assertThat(baseline.at()).as("not first seen now, for reminders").isEqualTo(Instant.EPOCH);
    assertThat(moved.change()).isEqualTo(Change.MOVED);
    assertThat(moved.sent()).isFalse();
    assertThat(moved.assumed()).contains(ON);
    assertThat(next(fresh(LATER), Optional.of(moved.afterSending())))
        .as("it is no baseline any more")
        .isEmpty();
  }

  @Test
  void thePastIsRecordedInSilence() {
    Look past = new Look(OFF, false, true, false, false, () -> notMoved(true));
    ChangeRecord booked = new ChangeRecord(0, Change.BOOKED, ON, true, NOW);

    assertThat(next(past, Optional.of(booked)).orElseThrow().sent()).isTrue();
  }

  private Optional<ChangeRecord> next(Look look, Optional<ChangeRecord> told) {
    return MessagePlan.next(look, told, practice, NOW);
  }

  private static Optional<ChangeRecord> sent(Optional<ChangeRecord> next) {
    return next.map(ChangeRecord::afterSending);
  }

  private static Look fresh(String view) {
    return new Look(view, true, false, true, false, () -> notMoved(false));
  }

  private static Look older(String view) {
    return new Look(view, true, false, false, false, () -> notMoved(false));
  }

  private static Look seen(String view) {
    return new Look(view, true, false, false, false, () -> notMoved(true));
  }

  private static UnrecordedVisit notMoved(boolean isNew) {
    return new UnrecordedVisit(isNew, false, Optional.empty());
  }

  private static UnrecordedVisit moved(boolean isMovedSince) {
    return new UnrecordedVisit(false, isMovedSince, Optional.of(ON));
  }

  private static Practice practice(boolean named) throws IOException {
    return PracticeReader.read(
        Files.readString(Path.of("../../infra/practice.example.json"))
            .replace("\"practitionerName\": true", "\"practitionerName\": " + named));
  }

  private static String view(String start, String who) {
    return PatientFingerprint.of(
            new Appointment(
                "Appointment",
                "appt-1",
                null,
                List.of(),
                "booked",
                null,
                null,
                null,
                List.of(),
                start,
                Instant.parse(start).plusSeconds(1800).toString(),
                List.of(Participant.accepted(Reference.to("Practitioner", who)))))
        .orElseThrow();
  }
}
