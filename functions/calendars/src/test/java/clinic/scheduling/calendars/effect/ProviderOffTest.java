package clinic.scheduling.calendars.effect;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.SimulatedCalendars;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.token.SignedTokens;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Switching a provider off neither removes an entry nor forgets that it exists. */
class ProviderOffTest {
  private static final String VISIT = "visit-1";
  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);
  private final SimulatedEffects effects =
      SimulatedEffects.on(
          rows,
          SimulatedCalendars.of(List.of()),
          SignedTokens.of("bWFuYWdlLXRva2VuLXNlY3JldC1vZi0zMi1ieXRlcyE=", clock),
          clock,
          40);

  @ParameterizedTest
  @EnumSource(Effect.Why.class)
  void anEntryThatWouldBeRemovedStaysAsItIs(Effect.Why why) {
    new MailboxAddresses(rows, clock)
        .remember(new Mailbox("google-1", Provider.GOOGLE, "ingrid@example.org"));
    String before = rows.text();

    try (LogLines log = new LogLines()) {
      EffectOutcome outcome =
          effects.effects().run(VISIT, new Effect.Remove("google-1", why), "notice");

      assertThat(outcome).isEqualTo(new EffectOutcome.Settled(false));
      assertThat(rows.text()).isEqualTo(before);
      assertThat(log.text()).contains("provider-off binding=google-1");
      assertThat(log.errors()).isEmpty();
    }
  }
}
