package clinic.scheduling.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.verification.ContactPoint.Medium;
import clinic.scheduling.core.verification.Verification.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was typed is sealed in its own row, and a verification keeps its limits. */
class VerificationsTest {
  private static final String OLD = secret('o');
  private static final String NEW = secret('n');
  private static final String REQUEST = "{\"patient\":{\"given\":\"Canary\"}}";
  private static final ContactPoint ADDRESS =
      new ContactPoint(Medium.EMAIL, Phi.of("Canary@Example.invalid"));

  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);
  private final Verifications verifications = with(NEW);
  private String id;

  @BeforeEach
  void begin() {
    id = verifications.newId();
    verifications.begin(id, ADDRESS, Optional.of("es"), REQUEST);
  }

  @Test
  void aVerificationIsFoundAsItBegan() {
    Verification found = verifications.find(id).orElseThrow();

    assertThat(found.request().value()).isEqualTo(REQUEST);
    assertThat(found.contact()).isEqualTo(ADDRESS);
    assertThat(found.language()).contains("es");
    assertThat(found.state()).isEqualTo(State.WAITING);
    assertThat(found.code()).isEqualTo(1);
    assertThat(found.end()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(found.toString()).doesNotContain("anary");
  }

  @Test
  void beginningAgainChangesNothing() {
    verifications.countTry(id);

    verifications.begin(id, ADDRESS, Optional.empty(), "{}");

    assertThat(verifications.find(id).orElseThrow().tries()).isEqualTo(1);
    assertThat(verifications.find(id).orElseThrow().request().value()).isEqualTo(REQUEST);
  }

  @Test
  void theRowShowsNothingThatWasTypedAndNoCode() {
    String row = rows.text();

    assertThat(row).doesNotContain("anary").doesNotContain("given");
    assertThat(row).doesNotContain(verifications.code(id, 1));
  }

  @Test
  void idsAreNeverTheSame() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String one = verifications.newId();
      assertThat(Verifications.isId(one)).isTrue();
      ids.add(one);
    }
    assertThat(ids).hasSize(1_000);
  }

  /** Somebody who can write the table puts the request of one person under the id of another. */
  @Test
  void aRequestThatWasPutUnderAnotherIdIsNotRead() {
    String other = verifications.newId();
    verifications.begin(other, ADDRESS, Optional.empty(), "{}");
    Row mine = rows.read(key(id)).orElseThrow();
    Map<String, String> fields = new HashMap<>(mine.fields());
    fields.put("sealed", rows.read(key(other)).orElseThrow().field("sealed").orElseThrow());
    rows.write(mine.next(mine.expires(), fields));

    try (LogLines log = new LogLines()) {
      assertThat(verifications.find(id)).isEmpty();
      assertThat(log.errors()).contains("verification-unreadable");
    }
  }

  @Test
  void theLatestCodeIsRightAndNoOther() {
    Verification first = verifications.find(id).orElseThrow();
    String firstCode = verifications.code(id, 1);
    assertThat(verifications.isRight(first, firstCode)).isTrue();

    Verification second = verifications.nextCode(first).orElseThrow();

    assertThat(second.code()).isEqualTo(2);
    assertThat(verifications.isRight(second, firstCode)).isFalse();
    assertThat(verifications.isRight(second, verifications.code(id, 2))).isTrue();
    assertThat(verifications.nextCode(first)).as("a stale request for a code").isEmpty();
  }

  @Test
  void codesAndRequestsOutliveANewSecretWhileTheOldOneIsListed() {
    String code = verifications.code(id, 1);

    Verifications rotated = with(secret('x') + "," + NEW);
    Verifications retired = with(secret('x') + ",digest:" + NEW);

    assertThat(rotated.find(id).orElseThrow().request().value()).isEqualTo(REQUEST);
    assertThat(rotated.isRight(rotated.countTry(id).orElseThrow(), code)).isTrue();
    assertThat(retired.find(id)).isEmpty();
    assertThat(with(OLD).countTry(id)).isEmpty();
  }

  @Test
  void aRightCodeDoesNotCountAsATryAndGivesTimeToRepeatTheBooking() {
    for (int i = 0; i < 4; i++) {
      verifications.countTry(id);
    }
    clock.move(Duration.ofMinutes(9));
    assertThat(verifications.countTry(id)).isPresent();

    Verification proven = verifications.prove(id).orElseThrow();
    clock.move(Duration.ofMinutes(5));
    verifications.countTry(id);
    Verification again = verifications.prove(id).orElseThrow();
    verifications.booked(id);

    assertThat(proven.state()).isEqualTo(State.PROVEN);
    assertThat(proven.triesLeft()).isEqualTo(1);
    assertThat(again.end()).isEqualTo(proven.end());
    assertThat(verifications.find(id).orElseThrow().state()).isEqualTo(State.BOOKED);
    clock.move(Duration.ofMinutes(5));
    assertThat(verifications.find(id)).isEmpty();
    assertThat(verifications.prove(id)).isEmpty();
  }

  @Test
  void aSixthTryIsNotCounted() {
    for (int i = 1; i <= 5; i++) {
      assertThat(verifications.countTry(id).orElseThrow().triesLeft()).isEqualTo(5 - i);
    }

    assertThat(verifications.countTry(id)).isEmpty();
  }

  @Test
  void onlyWhatIsNotProvenIsCancelled() {
    String proven = verifications.newId();
    verifications.begin(proven, ADDRESS, Optional.empty(), REQUEST);
    verifications.prove(proven);

    verifications.cancel(id);
    verifications.cancel(proven);

    assertThat(verifications.find(id)).isEmpty();
    assertThat(verifications.find(proven)).isPresent();
  }

  private Verifications with(String secrets) {
    return new Verifications(rows, SignedTokens.of(secrets, clock), clock);
  }

  private static RowKey key(String id) {
    return new RowKey("verification#" + id, "request");
  }

  private static String secret(char letter) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) letter);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
