package clinic.scheduling.core.visit;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A booking has one appointment, which never changes. */
class BookingJournalTest {
  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final BookingJournal journal = new BookingJournal(new MemoryRows(clock), clock);

  @Test
  void whatWasNotedFirstStays() {
    assertThat(journal.appointment("bk-1")).isEmpty();

    assertThat(journal.note("bk-1", "a")).isTrue();
    assertThat(journal.note("bk-1", "a")).as("a repeat").isTrue();
    assertThat(journal.note("bk-1", "b")).isFalse();

    assertThat(journal.appointment("bk-1")).contains("a");
    assertThat(journal.appointment("bk-2")).isEmpty();
  }

  @Test
  void itIsKeptForLongerThanAnyVisitLiesAhead() {
    journal.note("bk-1", "a");
    clock.move(Duration.ofDays(400).minusSeconds(1));

    assertThat(journal.appointment("bk-1")).contains("a");
  }

  @Test
  void whatIsTakenBackIsSoUnlessItIsKeptAfterAll() {
    MemoryRows rows = new MemoryRows(clock);
    BookingJournal both = new BookingJournal(rows, clock);
    both.note("bk-1", "a");
    both.noteWithdrawn("bk-1", "a");
    both.noteWithdrawn("bk-1", "b");
    both.noteWithdrawn("bk-1", "b");
    assertThat(both.isWithdrawn("bk-1", "a")).isTrue();
    assertThat(both.isWithdrawn("bk-1", "c")).isFalse();

    both.noteConfirmed(BookingJournal.Subject.ofBooking("bk-1"), true);

    assertThat(both.isWithdrawn("bk-1", "a")).isFalse();
    assertThat(both.isWithdrawn("bk-1", "b")).as("another one").isTrue();
  }
}
