package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot;
import jakarta.inject.Singleton;

/** Replaces the content of entries by keyed digests, which can be compared and reveal nothing. */
@Singleton
final class ContentDigests {
  private final Calendars calendars;
  private final byte[] key;

  ContentDigests(Calendars calendars, SignedTokens tokens) {
    this.calendars = calendars;
    this.key = tokens.digestKey("reconcile");
  }

  Snapshot.Expected expected(String visit, Effect.Put put, Interval window) {
    CalendarBinding binding = put.calendar();
    return new Snapshot.Expected(
        new EntryKey(binding.key(), visit),
        digest(calendars.of(binding.provider()).expectedContent(put.entry())),
        window.overlaps(put.entry().time()));
  }

  Snapshot.Actual actual(CalendarBinding binding, ListedEntry entry) {
    return new Snapshot.Actual(
        new EntryKey(binding.key(), entry.stamp().root()),
        entry.externalId(),
        entry.stamp().generation(),
        digest(entry.content()));
  }

  private String digest(Phi<String> content) {
    return Digest.keyed(key, content.value());
  }
}
