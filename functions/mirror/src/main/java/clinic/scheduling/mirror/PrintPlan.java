package clinic.scheduling.mirror;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.meetings.compare.FreshMeetings;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.rows.MeetingStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Logs what would be done for a clinician, and does nothing (a dry run). The calendar is read
 * afresh, the other calendars of the clinician are taken from the table. The lines have ids and
 * times only.
 */
@Singleton
final class PrintPlan {
  private static final Log LOG = Log.of(PrintPlan.class);

  /** The most effects of one plan that are logged. */
  private static final int MOST = 500;

  private final StoredCalendars stored;
  private final FreshMeetings fresh;
  private final MeetingStore store;
  private final MeetingWindow windows;
  private final Clock clock;

  PrintPlan(
      StoredCalendars stored,
      FreshMeetings fresh,
      MeetingStore store,
      MeetingWindow windows,
      Clock clock) {
    this.stored = stored;
    this.fresh = fresh;
    this.store = store;
    this.windows = windows;
    this.clock = clock;
  }

  void print(String practitioner, String calendar) {
    MeetingPlan plan =
        MeetingPlan.of(
            stored.of(practitioner).stream()
                .map(one -> one.calendar().equals(calendar) ? afresh(practitioner, one) : one)
                .toList(),
            store.blocks(practitioner),
            clock.instant());
    LOG.info(
        "dry-run",
        "practitioner",
        practitioner,
        "blocks",
        plan.wanted().size(),
        "effects",
        plan.effects().size(),
        "logged",
        Math.min(MOST, plan.effects().size()));
    plan.effects().stream().limit(MOST).forEach(PrintPlan::print);
  }

  private CalendarMeetings afresh(String practitioner, CalendarMeetings before) {
    Optional<CalendarBinding> binding =
        stored.blocking(practitioner).stream()
            .filter(one -> one.key().equals(before.calendar()))
            .findFirst();
    return binding
        .map(one -> fresh.read(practitioner, one, windows.now(one)))
        .map(
            result -> {
              result
                  .unread()
                  .ifPresent(why -> LOG.warn("dry-run-unread", "calendar", before.calendar()));
              return result.calendar();
            })
        .orElse(before);
  }

  private static void print(BlockEffect effect) {
    effect.fold(
        put -> line(put.action().name(), put.block(), Optional.of(put.wanted().time())),
        cancel -> line("CANCEL", cancel.block(), cancel.time()),
        forget -> line("FORGET", forget.block(), Optional.empty()));
  }

  private static boolean line(String effect, String block, Optional<Interval> time) {
    LOG.info(
        "dry-run-effect",
        "effect",
        effect,
        "block",
        block,
        "start",
        time.map(it -> it.start().toString()).orElse("-"),
        "end",
        time.map(it -> it.end().toString()).orElse("-"));
    return true;
  }
}
