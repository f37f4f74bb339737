package clinic.scheduling.system;

import static clinic.scheduling.system.Clinic.seen;
import static clinic.scheduling.system.Patience.inTheEnd;
import static clinic.scheduling.system.Patience.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Canvas sends each notice five times, late and in any order, and some under new ids as well: each
 * visit keeps one entry in each calendar, and each change is told once on each channel.
 */
abstract class EachNotificationFiveTimesOutOfOrder {
  private static final int BOOKINGS = 3;
  private static final int SHUFFLE_MILLIS = 700;

  private final RunningSystem system;
  private final Clinic clinic;
  private final Client client;

  EachNotificationFiveTimesOutOfOrder(RunningSystem system) {
    this.system = system;
    this.clinic = system.clinic();
    this.client = system.client();
  }

  @AfterEach
  void inOrderAgain() throws Exception {
    clinic.notifications(
        "{\"repeats\": 0, \"outOfOrder\": false, \"delayMs\": 0, \"style\": \"plugin\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugin", "seed"})
  void makeOneEntryInEachCalendarAndOneMessageAChange(String style) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("notices in style " + style + " shuffled by seed " + seed);
    Random random = new Random(seed);
    clinic.notifications(
        ("{\"style\": \"%s\", \"repeats\": 4, \"outOfOrder\": true, \"shuffleMs\": %d,"
                + " \"delayMs\": 50, \"seed\": %d}")
            .formatted(style, SHUFFLE_MILLIS, seed));
    List<Booking> bookings = new ArrayList<>();
    for (int i = 0; i < BOOKINGS; i++) {
      bookings.add(client.book());
    }
    shout(bookings, random);
    comesToBe(bookings, 1, 1);
    staysWhenLookedAtAgain(bookings, 1, 1);

    List<Booking> moved = new ArrayList<>();
    List<String> canvasIds = new ArrayList<>();
    for (Booking booking : bookings) {
      Instant later = client.slot().start();
      canvasIds.add(clinic.reschedule(booking.id(), later));
      moved.add(booking.at(later));
    }
    shout(bookings, random);
    comesToBe(moved, 1, 2);
    nothingStandsAt(bookings);

    clinic.cancel(canvasIds.get(0));
    for (Booking booking : moved.subList(1, BOOKINGS)) {
      assertThat(client.cancel(booking).status()).isEqualTo(200);
    }
    shout(bookings, random);
    comesToBe(moved, 0, 3);
    staysWhenLookedAtAgain(moved, 0, 3);
    nothingStandsAt(bookings);
  }

  /** Sends five more notices for each booking, each with an id of its own. */
  private void shout(List<Booking> bookings, Random random) throws Exception {
    for (int copy = 0; copy < 5; copy++) {
      Booking booking = bookings.get(random.nextInt(bookings.size()));
      String body =
          "{\"v\": 1, \"event\": \"APPOINTMENT_UPDATED\", \"appointment\": \"%s\"}"
              .formatted(booking.id());
      Map<String, String> headers =
          system.signer().headers(UUID.randomUUID().toString(), Instant.now(), body);
      assertThat(client.once("POST", "/webhooks/canvas", headers, body).status()).isEqualTo(202);
    }
  }

  /** Checks that the state is reached, and still holds when the last copy has been processed. */
  private void comesToBe(List<Booking> bookings, long entries, long messages) throws Exception {
    inTheEnd(() -> isSo(bookings, entries, messages));
    upTo(60).during(Duration.ofMillis(SHUFFLE_MILLIS + 100)).until(system::isQuiet);
    isSo(bookings, entries, messages);
  }

  private void staysWhenLookedAtAgain(List<Booking> bookings, long entries, long messages)
      throws Exception {
    upTo(60).during(Duration.ofMillis(SHUFFLE_MILLIS + 100)).until(system::isSilent);
    isSo(bookings, entries, messages);
  }

  private void nothingStandsAt(List<Booking> bookings) throws Exception {
    for (Booking booking : bookings) {
      assertThat(clinic.outlook(booking.start()) + clinic.google(booking.start())).isZero();
    }
  }

  private void isSo(List<Booking> bookings, long entries, long messages) throws Exception {
    for (Booking booking : bookings) {
      assertThat(clinic.view(booking)).isEqualTo(seen(entries, messages));
    }
  }
}
