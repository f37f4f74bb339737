package clinic.scheduling.booking;

import static clinic.scheduling.booking.WithBuffers.AFTER;
import static clinic.scheduling.booking.WithBuffers.BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HoldBook.Held;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Holds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Time that is reserved for a meeting can be neither booked nor moved to. A visit on the same day
 * is as free to move as before, and leaves the reservation as it is.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(WithBuffers.class)
class ReservedTimeTest extends BookingCase {
  private static final Duration LENGTH = Duration.ofHours(12);

  @Inject Offers offers;
  @Inject Holds holds;
  private Offer from;
  private Offer to;
  private Offer reserved;
  private Answer visit;

  /** The meeting began before the visit and ends after it, so that its time is in two pieces. */
  @BeforeEach
  void aVisitWithinAMeeting() {
    from = offers.video(Desk.INGRID, 1, 4);
    to = offers.video(Desk.INGRID, 1, 9);
    reserved = offers.video(Desk.INGRID, 1, 6);
    visit = calls.book(Desk.key(), desk.body(offers.slot(from)));
    assertThat(visit.status()).as(visit.text()).isEqualTo(201);
    Interval taken = from.time().widened(BEFORE, AFTER);
    reserve("meeting-0", new Interval(offers.start(1, 2), taken.start()));
    reserve("meeting-1", new Interval(taken.end(), reserved.time().end()));
  }

  @Test
  void theVisitMovesAwayAndBackOnTheSameDay() {
    List<Held> before = reservations();

    Answer away = move(to);
    Answer back = move(from);

    assertThat(away.status()).as(away.text()).isEqualTo(200);
    assertThat(back.status()).as(back.text()).isEqualTo(200);
    assertThat(standingAt(from.start())).extracting("id").containsExactly(visit.id());
    assertThat(reservations()).isEqualTo(before).hasSize(2);
  }

  @Test
  void nobodyMovesOrBooksIntoIt() {
    List<Held> before = reservations();

    Answer moved = move(reserved);
    Answer booked = calls.book(Desk.key(), desk.body(offers.slot(reserved)));

    assertThat(moved.type()).isEqualTo("slot-taken");
    assertThat(booked.type()).isEqualTo("slot-taken");
    assertThat(standingAt(from.start())).extracting("id").containsExactly(visit.id());
    assertThat(standingAt(reserved.start())).isEmpty();
    assertThat(reservations()).isEqualTo(before);
  }

  private void reserve(String owner, Interval time) {
    assertThat(holds.hold(Desk.INGRID, owner, time, LENGTH)).isTrue();
  }

  private Answer move(Offer offer) {
    return calls.move(visit.id(), visit.token(), Desk.key(), offers.slot(offer));
  }

  private List<Held> reservations() {
    return HoldBook.at(clock.instant(), rows).stream()
        .filter(held -> held.owner().startsWith("meeting-"))
        .toList();
  }
}
