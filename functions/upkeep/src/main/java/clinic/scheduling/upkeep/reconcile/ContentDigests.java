package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;

/** Turns what entries say into keyed digests, so that they can be compared but not read. */
@Singleton
final class ContentDigests {
  private final Calendars calendars;
  private final byte[] key;

  ContentDigests(Calendars calendars, SignedTokens tokens) {
    this.calendars = calendars;
    this.key = tokens.digestKey("reconcile");
  }

  ExpectedEntry wanted(String visit, Effect.Put put, Interval window) {
    CalendarBinding binding = put.calendar();
    return new ExpectedEntry(
        new EntryKey(binding.key(), visit),
        print(calendars.of(binding.provider()).expectedContent(put.entry())),
        window.overlaps(put.entry().time()));
  }

  ActualEntry standing(CalendarBinding binding, ListedEntry entry) {
    return new ActualEntry(
        new EntryKey(binding.key(), entry.stamp().root()),
        entry.externalId(),
        entry.stamp().generation(),
        print(entry.content()));
  }

  private String print(Phi<String> says) {
    return Digest.keyed(key, says.value());
  }
}
