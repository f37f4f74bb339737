package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.ForgetfulRows.Loss;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker whose claim was written has the claim, even if the answer to the write was lost. No
 * other worker has it then.
 */
class LostAnswerTest {
  private static final Duration LEASE = Duration.ofSeconds(40);
  private static final RowKey NAME = RowKey.ofVisit("visit-1", "message#0#email");

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final ForgetfulRows rows = new ForgetfulRows(new MemoryRows(clock));
  private final Ledger ledger = new Ledger(rows, clock);

  @ParameterizedTest
  @EnumSource(Loss.class)
  void ourOwnClaimIsGrantedAndCanBeSettled(Loss loss) {
    rows.loseAnswer(loss);

    Claim claim = ledger.claimOnce(NAME, "a", LEASE);

    assertThat(claim).isInstanceOf(Claim.Granted.class);
    assertThat(ledger.claimOnce(NAME, "a", LEASE)).isInstanceOf(Claim.Busy.class);
    ledger.done(((Claim.Granted) claim).fence(), "message-1");
    assertThat(ledger.claimOnce(NAME, "a", LEASE)).isInstanceOf(Claim.AlreadyDone.class);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aClaimTakenOverFromTheDeadStaysInDoubt(Loss loss) {
    ledger.claimOnce(NAME, "a", LEASE);
    clock.move(LEASE);
    rows.loseAnswer(loss);

    assertThat(ledger.claimOnce(NAME, "a", LEASE)).isInstanceOf(Claim.InDoubt.class);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aSettlementThatTookHoldIsSettled(Loss loss) {
    Claim claim = ledger.claimOnce(NAME, "a", LEASE);
    rows.loseAnswer(loss);

    ledger.done(((Claim.Granted) claim).fence(), "message-1");

    assertThat(ledger.claimOnce(NAME, "a", LEASE)).isInstanceOf(Claim.AlreadyDone.class);
  }

  @Test
  void aWriteThatDidNotTakeHoldStaysAFailure() {
    MortalRows dead = new MortalRows(clock);
    dead.loseAfter(0);

    assertThatThrownBy(() -> new Ledger(dead, clock).claimOnce(NAME, "a", LEASE))
        .hasMessage("the table is out of reach");
  }

  @Test
  void theMarkOfOneWriteIsNotTheMarkOfAnother() {
    IdempotentWrites writes = new IdempotentWrites(rows);
    Row row = Row.fresh(NAME, clock.instant().plus(LEASE), Map.of("x", "1"));

    assertThat(writes.write(row)).isTrue();
    assertThat(writes.write(row)).isFalse();
  }
}
