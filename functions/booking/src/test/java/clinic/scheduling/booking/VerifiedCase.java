package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HoldBook.Held;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.verification.Verifications;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** The base of tests of bookings that need the proof of a contact point. */
abstract class VerifiedCase extends BookingCase {
  static final Duration LENGTH = Duration.ofMinutes(10);
  static final Duration PAST_EVERY_LEASE = Duration.ofSeconds(65);

  @Inject Offers offers;
  @Inject Verifications verifications;
  Offer wanted;
  String slot;

  @BeforeEach
  void oneTime() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    wanted = offers.office(0, 3);
    slot = offers.slot(wanted);
  }

  static String family() {
    return "Patient" + UUID.randomUUID().toString().substring(0, 8);
  }

  static String key() {
    return Desk.key();
  }

  /** Begins a booking, and returns the id of its verification. */
  String begun(String body) {
    Answer answer = calls.book(key(), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return id(answer);
  }

  static String id(Answer answer) {
    return answer.body().at("/verification/id").asText();
  }

  static Instant end(Answer answer) {
    return Instant.parse(answer.body().at("/verification/expiresAt").asText());
  }

  /** The code that the latest message of the verification shows. */
  String code(String verification) {
    return verifications.code(verification, verifications.find(verification).orElseThrow().code());
  }

  /** A code that is not that of the verification. */
  String wrong(String verification) {
    return code(verification).equals("000000") ? "000001" : "000000";
  }

  Answer proved(String verification) {
    return calls.prove(verification, code(verification));
  }

  /** Books with the right code, and returns the Canvas key of the patient. */
  String patientOf(String body) {
    Answer answer = proved(begun(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return CanvasBook.of(sandbox).current(answer.id()).patient().orElseThrow();
  }

  List<Held> held() {
    return HoldBook.at(clock.instant(), rows);
  }

  /** How often each kind of resource was called in Canvas. */
  static Map<String, Long> callsOfCanvas(Supplier<Answer> call) {
    try (LogLines log = new LogLines()) {
      assertThat(call.get().text()).isNotEmpty();
      return log.text()
          .lines()
          .filter(line -> line.contains("canvas resource="))
          .map(line -> line.replaceFirst(".*canvas resource=([A-Za-z]+) .*", "$1"))
          .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
  }
}
