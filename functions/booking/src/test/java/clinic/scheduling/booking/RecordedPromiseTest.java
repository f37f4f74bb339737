package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * We record the promise before we answer 201, so that the patient is told of any later change. If
 * we answer anything else, we have promised nothing.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class RecordedPromiseTest extends BookingCase {
  private static final int MOST_STEPS = 100;

  @Inject Offers offers;
  @Inject Mortality life;
  @Inject ChangeLog changeLog;
  @Inject BookingJournal journal;

  @AfterEach
  void live() {
    life.live();
  }

  @Test
  void whatWasAnsweredIsWhatWasTold() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.video(desk.freshStart())));

    ChangeRecord promise = changeLog.read(booked.id()).orElseThrow();
    assertThat(promise.change()).isEqualTo(Change.BOOKED);
    assertThat(promise.sequence()).isZero();
    assertThat(promise.sent()).as("its message is the fan-out's to order").isFalse();
    assertThat(Optional.of(promise.fingerprint()))
        .isEqualTo(PatientFingerprint.of(appointment(booked.id())));
  }

  @Test
  void whereverAProcessDiesNobodyIsPromisedWhatIsNotRecorded() {
    int recorded = 0;
    for (int step = 1; step < MOST_STEPS; step++) {
      world();
      String key = Desk.key();
      String body = desk.body(offers.slot(offers.office(0, 3)), "Promised", "CA");
      life.dieAt(step);
      boolean died = dies(key, body);
      life.live();
      recorded += died && !changes.sent().isEmpty() ? 1 : 0;
      clock.move(Duration.ofHours(3));

      Answer repeat = calls.book(key, body);

      if (repeat.status() == 201) {
        assertThat(changeLog.read(repeat.id())).as("step " + step).isPresent();
      }
      if (!died) {
        break;
      }
    }
    assertThat(recorded).isPositive();
  }

  @Test
  void whereThePromiseCannotBeRecordedThereIsNone() {
    String key = Desk.key();
    String body = desk.body(desk.freshSlot());
    table.refuses("changes");

    Answer unanswered = calls.book(key, body);
    table.calm();
    clock.move(Duration.ofSeconds(51));
    Answer repeat = calls.book(key, body);

    assertThat(unanswered.status()).as(unanswered.text()).isEqualTo(503);
    assertThat(repeat.status()).as(repeat.text()).isEqualTo(201);
    assertThat(changeLog.read(repeat.id())).isPresent();
  }

  @Test
  void whatTheFanOutHasRecordedMeanwhileStays() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    createdButNotReadBack(key, body);
    Appointment made = standingAt(start).get(0);
    ChangeRecord seen =
        new ChangeRecord(
            0, Change.BOOKED, PatientFingerprint.of(made).orElseThrow(), true, clock.instant());
    String id = String.valueOf(made.id());
    assertThat(changeLog.write(id, Optional.empty(), seen)).isTrue();

    assertThat(calls.book(key, body).status()).isEqualTo(201);

    assertThat(changeLog.read(id)).map(ChangeRecord::sent).contains(true);
  }

  @Test
  void whoLosesATimeIsPromisedNothingEvenIfCanvasDoesNotSaySo() {
    world();
    sandbox.canvas().toggles().set(Toggle.IDENTIFIER_USE_IGNORED, true);
    Offer wanted = offers.office(0, 3);
    String key = Desk.key();
    String body = desk.body(offers.slot(wanted), "Loser", "CA");
    createdButNotReadBack(key, body);
    String id = String.valueOf(standingAt(wanted.start()).get(0).id());
    staffBook(wanted);

    Answer lost = calls.book(key, body);

    assertThat(lost.type()).isEqualTo("slot-taken");
    assertThat(appointment(id).isWithdrawn(OutsideWorld.SYSTEM)).isFalse();
    String name = appointment(id).identifierOf(OutsideWorld.SYSTEM).orElseThrow();
    assertThat(journal.isWithdrawn(name, id)).isTrue();
  }

  @Test
  void whoLosesATimeIsPromisedNothingAndCanvasSaysSo() {
    world();
    Offer wanted = offers.office(0, 3);
    String key = Desk.key();
    String body = desk.body(offers.slot(wanted), "Loser", "CA");
    createdButNotReadBack(key, body);
    String id = String.valueOf(standingAt(wanted.start()).get(0).id());
    staffBook(wanted);

    Answer lost = calls.book(key, body);

    assertThat(lost.type()).isEqualTo("slot-taken");
    assertThat(changeLog.read(id)).isEmpty();
    Appointment withdrawn = appointment(id);
    assertThat(withdrawn.knownStatus()).contains(AppointmentStatus.CANCELLED);
    assertThat(withdrawn.isWithdrawn(OutsideWorld.SYSTEM)).isTrue();
    assertThat(calls.book(key, body).type()).as("a repeat finds it").isEqualTo("slot-taken");
  }

  @Test
  void whatItsPatientCancelsWasPromised() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));

    calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");

    assertThat(appointment(booked.id()).isWithdrawn(OutsideWorld.SYSTEM)).isFalse();
    assertThat(changeLog.read(booked.id())).map(ChangeRecord::change).contains(Change.BOOKED);
  }

  private Appointment appointment(String id) {
    return canvas.appointment(id).orElseThrow().resource();
  }

  private void createdButNotReadBack(String key, String body) {
    sandbox.canvas().faults().add(Fault.status(500, "GET", "/Appointment").query("practitioner="));
    assertThat(calls.book(key, body).status()).isEqualTo(503);
  }

  private void staffBook(Offer offer) {
    String elsewhere = offers.slot(offers.office(3, 4));
    Answer walkIn = calls.book(Desk.key(), desk.body(elsewhere, "Walkin", "CA"));
    String patient = appointment(walkIn.id()).patient().orElseThrow();
    assertThat(new Staff(sandbox.canvas().frontDesk()).book(offer, patient)).isTrue();
  }

  private boolean dies(String key, String body) {
    try {
      calls.book(key, body);
    } catch (Mortality.Death death) {
      return true;
    }
    return life.isDead();
  }

  private void world() {
    life.live();
    sandbox.canvas().become(World.local());
    rows.clear();
    changes.clear();
    clock.set(Instant.now());
  }
}
