package clinic.scheduling.core.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.BadPracticeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that was never there is awaited. One that has got lost is an error. */
class PracticeDocumentTest {
  private static final Path FILE = Path.of("../../infra/practice.example.json");
  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);

  @Test
  void theDocumentIsAFileOrARowOfTheTable() throws IOException {
    put("json", Files.readString(FILE), Duration.ofDays(9));

    assertThat(at(FILE.toString()).load()).isEqualTo(at("table:main").load());
    assertThat(at("table:main").load().name()).isEqualTo("Harbor Health");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.json", "table:main"})
  void aDocumentThatWasNeverThereIsAwaited(String place) {
    PracticeDocument document = at(place);

    assertThatExceptionOfType(NotSetUpException.class).isThrownBy(document::load);
    assertThat(document.isAwaited()).isTrue();
  }

  @Test
  void aDocumentThatWasPutIsNotAwaitedAnyMore() throws IOException {
    PracticeDocument document = at("table:main");
    assertThat(document.isAwaited()).isTrue();

    put("json", Files.readString(FILE), Duration.ofDays(9));

    assertThat(document.isAwaited()).isFalse();
    assertThat(document.load().name()).isEqualTo("Harbor Health");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.json", "table:main"})
  void aDocumentThatWasInUseAndIsGoneIsRefused(String place) {
    at("table:elsewhere").markAsUsed();

    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> at(place).load())
        .withMessageContaining("no document at " + place + " any more");
    assertThat(at(place).isAwaited()).isFalse();
  }

  @Test
  void theMarkOutlivesYearsWithoutADeployment() {
    at("table:main").markAsUsed();
    clock.move(Duration.ofDays(3600));

    at("table:main").markAsUsed();

    assertThatExceptionOfType(BadPracticeException.class).isThrownBy(at("table:main")::load);
  }

  /** The row of the document has an expiry of its own, which a person chose. */
  @Test
  void aDocumentThatHasExpiredIsGone() throws IOException {
    put("json", Files.readString(FILE), Duration.ofDays(9));
    at("table:main").markAsUsed();

    clock.move(Duration.ofDays(10));

    assertThatExceptionOfType(BadPracticeException.class).isThrownBy(at("table:main")::load);
  }

  @Test
  void whatIsThereAndCannotBeReadIsRefusedAtOnce() {
    put("text", "{}", Duration.ofDays(9));

    for (String place : new String[] {"table:main", "."}) {
      assertThatExceptionOfType(BadPracticeException.class)
          .isThrownBy(() -> at(place).load())
          .withMessageContaining(place);
      assertThat(at(place).isAwaited()).isFalse();
    }
  }

  private PracticeDocument at(String place) {
    return new PracticeDocument(place, List.of(), rows, clock);
  }

  private void put(String field, String value, Duration kept) {
    RowKey key = new RowKey("practice#main", "document");
    rows.write(Row.fresh(key, clock.instant().plus(kept), Map.of(field, value)));
  }
}
