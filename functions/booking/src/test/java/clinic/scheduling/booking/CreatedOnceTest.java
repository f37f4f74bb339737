package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Canvas said that it created the appointment, and then the process died. The answer of Canvas was
 * recorded, so a repeat finds the appointment even if searches do not show it yet, and the caller
 * gets its present state.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class CreatedOnceTest extends BookingCase {
  private static final Duration LEASE = Duration.ofSeconds(51);

  @Inject BookingJournal journal;

  @Test
  void aRepeatKnowsItThoughNoSearchShowsIt() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    createdButNotReadBack(key, body);
    nothingShows();

    Answer repeat = calls.book(key, body);

    assertThat(repeat.status()).as(repeat.text()).isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
  }

  /**
   * Reconciliation settles a create that took effect late, at the very moment at which a repeat of
   * the request runs.
   */
  @Test
  void ifAnotherOneWasNotedMeanwhileThatOneIsTheBooking() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    String other = calls.book(Desk.key(), desk.body(desk.freshSlot())).id();
    pace.beforeTheNext("POST", () -> journal.note("bk-" + Digest.of("booking", key), other));

    Answer first = calls.book(key, body);
    Answer repeat = calls.book(key, body);

    assertThat(first.status()).as(first.text()).isEqualTo(503);
    assertThat(repeat.status()).as(repeat.text()).isEqualTo(201);
    assertThat(repeat.id()).isEqualTo(other);
  }

  @Test
  void whatCannotBeReadYetIsNotTakenForNotMade() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    createdButNotReadBack(key, body);
    nothingShows();
    sandbox.canvas().faults().add(Fault.status(404, "GET", "/Appointment/"));

    Answer unseen = calls.book(key, body);
    Answer seen = calls.book(key, body);

    assertThat(unseen.status()).as(unseen.text()).isEqualTo(503);
    assertThat(seen.status()).as(seen.text()).isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
  }

  @Test
  void thePatientLearnsWhatStaffHaveMadeOfItAndNothingElseIsHeld() {
    Instant start = desk.freshStart();
    Instant later = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    createdButNotReadBack(key, body);
    String id = String.valueOf(standingAt(start).get(0).id());
    String next =
        sandbox.canvas().frontDesk().reschedule(id, later, Optional.empty(), Optional.empty());
    sandbox.canvas().frontDesk().confirm(next);
    sandbox.canvas().faults().add(Fault.status(404, "GET", "/Appointment/" + next));

    Answer halfSeen = calls.book(key, body);
    Answer repeat = calls.book(key, body);

    assertThat(halfSeen.status()).as(halfSeen.text()).isEqualTo(503);
    assertThat(repeat.status()).as(repeat.text()).isEqualTo(201);
    assertThat(repeat.id()).isEqualTo(id);
    assertThat(repeat.body().path("status").asText()).isEqualTo("confirmed");
    assertThat(OffsetDateTime.parse(repeat.body().path("start").asText()).toInstant())
        .isEqualTo(later);
    assertThat(HoldBook.at(clock.instant(), rows)).isEmpty();
    assertThat(calls.book(key, body).text()).isEqualTo(repeat.text());
  }

  /**
   * The claim stays for as long as a search may lag behind, so no repeat concludes too early that
   * there is no appointment.
   */
  @Test
  void whereTheTableDoesNotTakeTheNoteItIsFoundByItsIdentifier() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    table.refuses("created");

    Answer unanswered = calls.book(key, body);
    table.calm();
    Answer early = calls.book(key, body);
    clock.move(LEASE);
    Answer repeat = calls.book(key, body);

    assertThat(unanswered.status()).as(unanswered.text()).isEqualTo(503);
    assertThat(early.type()).isEqualTo("in-progress");
    assertThat(repeat.status()).as(repeat.text()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(repeat.id());
    assertThat(calls.book(key, body).text()).isEqualTo(repeat.text());
    assertThat(changes.sent()).hasSize(1);
  }

  private void createdButNotReadBack(String key, String body) {
    sandbox.canvas().faults().add(Fault.status(500, "GET", "/Appointment").query("practitioner="));
    assertThat(calls.book(key, body).status()).isEqualTo(503);
  }

  private void nothingShows() {
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600);
    Fault unsearchable = Fault.status(500, "GET", "/Appointment").query("identifier=");
    sandbox.canvas().faults().add(unsearchable.untilCleared());
  }
}
