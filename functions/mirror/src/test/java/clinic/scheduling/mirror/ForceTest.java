package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.meetings.rows.CreationLimits;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A person's decision counts once, and lasts until it is carried out. */
@QuarkusTest
class ForceTest extends MirrorCase {
  private static final int MANY = 12;
  private static final int MOST_REPAIRS = 10;
  private static final int MOST_WRITES = 60;

  @Test
  void aForcedMessageThatIsDeliveredAgainPassesNoGuard() {
    someMeetings();
    mirrorBoth();
    CalendarChange forced = change(Provider.OUTLOOK).forced();
    assertThat(deliver(forced, "one")).isEmpty();
    outlook.clear(MAILBOX);

    deliver(forced, "one");
    assertThat(times()).hasSize(MANY);

    deliver(forced, "another");
    assertThat(times()).isEmpty();
  }

  @Test
  void aForcedMessageThatIsDeliveredAgainBeginsNoCountAnew() {
    mirrorBoth();
    CalendarChange forced = change(Provider.OUTLOOK).forced();
    outlook.fail(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));
    assertThat(deliver(forced, "one")).hasSize(1);
    CreationLimits limits = new CreationLimits(rows, clock);
    IntStream.range(0, MOST_REPAIRS).forEach(n -> limits.mayReopen(INGRID, "block"));
    outlook.recover();
    clock.move(Duration.ofMinutes(1));

    assertThat(deliver(forced, "one")).isEmpty();

    assertThat(limits.mayReopen(INGRID, "block")).isFalse();
    deliver(forced, "another");
    assertThat(limits.mayReopen(INGRID, "block")).as("another decision").isTrue();
  }

  @Test
  void aDecisionIsStillCarriedOutIfItsFirstTryFailed() {
    someMeetings();
    mirrorBoth();
    outlook.clear(MAILBOX);
    outlook.fail(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));
    assertThat(deliver(change(Provider.OUTLOOK).forced(), "one")).hasSize(1);
    outlook.recover();
    clock.move(Duration.ofMinutes(1));

    assertThat(deliver(Provider.OUTLOOK)).as("any message carries it on").isEmpty();

    assertThat(times()).isEmpty();
  }

  @Test
  void aDecisionThatCannotBeCarriedOutEndsAfterAnHourAndSaysSo() {
    someMeetings();
    mirrorBoth();
    outlook.clear(MAILBOX);
    outlook.fail(new CalendarOutcome.Denied("no-access"));
    deliver(change(Provider.OUTLOOK).forced(), "one");
    outlook.recover();
    clock.move(Duration.ofMinutes(61));

    deliver(Provider.OUTLOOK);
    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(MANY);
    assertThat(log.errors().split("force-expired", -1)).as("it is an error once").hasSize(2);
  }

  /** What a person decides about one calendar says nothing about new rules for another one. */
  @Test
  void aDecisionAboutACalendarThatCannotBeReadLetsNoNewRulesPass() {
    someMeetings();
    mirrorBoth();
    google.fail(new CalendarOutcome.Denied("no-access"));
    deliver(change(Provider.GOOGLE).forced(), "one");

    practise("both", ", \"blocks\": {\"busy\": false}");
    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(MANY);
    assertThat(log.errors()).contains("meeting-rules-held");
  }

  /** A decision holds for one round: what the next round says is new to the person. */
  @Test
  void theNextRoundIsGuardedAgain() {
    someMeetings();
    mirrorBoth();
    deliver(change(Provider.OUTLOOK).forced(), "one");
    outlook.clear(MAILBOX);

    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(MANY);
  }

  @Test
  void aForcedRunThatIsKilledAnywhereIsCarriedOutInTheEnd() {
    boolean survived = false;
    for (int writes = 0; writes < MOST_WRITES && !survived; writes++) {
      log.close();
      anEmptyWorld();
      someMeetings();
      mirrorBoth();
      outlook.clear(MAILBOX);
      deliver(Provider.OUTLOOK);
      CalendarChange forced = change(Provider.OUTLOOK).forced();

      rows.loseAfter(writes);
      survived = deliver(forced, "one").isEmpty();
      rows.recover();
      for (int n = 0; n < 3; n++) {
        clock.move(LEASE.plusMinutes(1));
        deliver(forced, "one");
      }

      assertThat(times()).as("killed after %d writes", writes).isEmpty();
      someMeetings();
      deliver(Provider.OUTLOOK);
      assertThat(times()).as("killed after %d writes", writes).hasSize(MANY);
      outlook.clear(MAILBOX);
      deliver(forced, "one");
      assertThat(times()).as("it is over").hasSize(MANY);
    }
    assertThat(survived).isTrue();
  }

  /** Two persons may decide while a worker has the lock, which stores their requests. */
  @Test
  void requestsThatWaitKeepTheMessagesThatTheyCameFrom() {
    MirrorRequest.Requests requests = new MirrorRequest.Requests();
    MirrorRequest all =
        List.of(
                MirrorRequest.of("google-0123456789ab"),
                MirrorRequest.forced("outlook-0123456789ab", "one"),
                MirrorRequest.forced("outlook-0123456789ab", "another"))
            .stream()
            .reduce(requests.none(), requests::combine);

    assertThat(requests.parse(requests.text(all))).isEqualTo(all);
    assertThat(all.forced()).hasSize(2);
  }

  private void someMeetings() {
    IntStream.range(0, MANY).forEach(n -> outlook.put(MAILBOX, meeting("m" + n, hour(n + 1))));
  }
}
