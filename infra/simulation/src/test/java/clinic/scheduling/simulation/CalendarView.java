package clinic.scheduling.simulation;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.CalendarOutcome.Exists;
import clinic.scheduling.calendars.CalendarOutcome.Gone;
import clinic.scheduling.calendars.EntryContent;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.calendars.ReadResult;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.simulation.CalendarSystem.Box;
import clinic.scheduling.simulation.CalendarSystem.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A provider's calendars as one process sees them. */
final class CalendarView implements Calendar {
  private static final int LOST_MILLIS = 5_000;
  private static final double UNAVAILABLE_PERCENT = 2.5;
  private static final double THROTTLED_PERCENT = 2.5;
  private static final double STORM_PERCENT = 80;
  private static final Duration USUAL = Duration.ofSeconds(5);

  private final Run run;
  private final Process process;
  private final CalendarSystem system;

  CalendarView(Run run, Process process, CalendarSystem system) {
    this.run = run;
    this.process = process;
    this.system = system;
  }

  @Override
  public Provider provider() {
    return system.provider;
  }

  @Override
  public CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry) {
    return change(EffectKind.CALENDAR_CREATE, mailbox, box -> made(box, name, entry));
  }

  private CalendarOutcome made(Box box, EntryName name, CalendarEntry entry) {
    Optional<Event> known = system.named(box, name);
    if (known.isEmpty() || (known.get().deleted && provider() == Provider.OUTLOOK)) {
      if (!run.truth.byRoot.containsKey(name.root())) {
        run.result.count(Counter.MISNAMED_ENTRY);
      }
      return new Exists(system.make(box, name, entry, run.time.now()).id);
    }
    if (known.get().deleted) {
      return new Gone();
    }
    system.change(box, known.get(), entry);
    return new Exists(known.get().id);
  }

  @Override
  public CalendarOutcome update(
      String mailbox, String externalId, CalendarEntry entry, boolean recent) {
    return change(
        EffectKind.CALENDAR_UPDATE,
        mailbox,
        box -> {
          Optional<Event> event = standing(box, externalId);
          if (event.filter(this::isHidden).isPresent()) {
            return notVisibleYet();
          }
          event.ifPresent(it -> system.change(box, it, entry));
          return event.<CalendarOutcome>map(it -> new Exists(it.id)).orElse(new Gone());
        });
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId, boolean recent) {
    return change(
        EffectKind.CALENDAR_REMOVE,
        mailbox,
        box -> {
          Optional<Event> event = standing(box, externalId);
          if (event.filter(this::isHidden).isPresent()) {
            return notVisibleYet();
          }
          event.ifPresent(it -> system.delete(box, it));
          return new Gone();
        });
  }

  /** A search may miss an entry that was just created. */
  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return ask(
        EffectKind.CALENDAR_FIND,
        mailbox,
        box -> {
          Optional<Event> event = system.named(box, name).filter(it -> !it.deleted);
          run.result.count(
              event.isPresent() ? Counter.DOUBT_HAD_HAPPENED : Counter.DOUBT_HAD_NOT_HAPPENED);
          return event
              .filter(it -> !isHidden(it))
              .<CalendarOutcome>map(it -> new Exists(it.id))
              .orElse(new Gone());
        },
        failure -> failure);
  }

  /** A read by id may miss an entry that was just created. */
  private CalendarOutcome notVisibleYet() {
    run.result.count(Counter.NOT_SHOWN_YET);
    return new CalendarOutcome.NotFound();
  }

  private boolean isHidden(Event event) {
    return provider() == Provider.OUTLOOK
        && run.time.now() - event.madeAt < 3_000
        && !run.faults.isClear()
        && run.random.percent(20);
  }

  @Override
  public ReadResult read(String mailbox, String externalId, Interval expected) {
    return ask(
        EffectKind.CALENDAR_READ,
        mailbox,
        box ->
            standing(box, externalId)
                .<ReadResult>map(it -> new ReadResult.Found(it.says()))
                .orElse(new ReadResult.Absent()),
        ReadResult::failed);
  }

  @Override
  public Listing list(String mailbox, Interval window) {
    return ask(
        EffectKind.CALENDAR_LIST,
        mailbox,
        box -> {
          List<ListedEntry> found =
              box.events.values().stream()
                  .filter(it -> !it.deleted && window.overlaps(it.entry.time()))
                  .map(it -> new ListedEntry(it.id, it.stamp, it.says()))
                  .toList();
          return new Listing.Entries(found);
        },
        Listing::failed);
  }

  @Override
  public Phi<String> expectedContent(CalendarEntry entry) {
    return EntryContent.of(entry.parts());
  }

  private static Optional<Event> standing(Box box, String id) {
    return Optional.ofNullable(box.events.get(id)).filter(it -> !it.deleted);
  }

  private CalendarOutcome change(
      EffectKind what, String mailbox, Function<Box, CalendarOutcome> effect) {
    process.work.calendarWrites++;
    Box box = system.box(mailbox);
    return process.effect(what, () -> changed(box, effect));
  }

  private CalendarOutcome changed(Box box, Function<Box, CalendarOutcome> effect) {
    Optional<CalendarOutcome> throttled = throttled(box);
    if (throttled.isPresent()) {
      return throttled.get();
    }
    if (trouble(UNAVAILABLE_PERCENT)) {
      run.result.count(Counter.UNAVAILABLE);
      return lost(box, effect, Duration.ofSeconds(run.random.between(2, 10)));
    }
    if (trouble(0.7)) {
      run.result.count(Counter.ANSWER_LOST);
      process.waits(LOST_MILLIS);
      return lost(box, effect, USUAL);
    }
    return effect.apply(box);
  }

  private CalendarOutcome lost(Box box, Function<Box, CalendarOutcome> effect, Duration delay) {
    return run.random.percent(50) ? unanswered(effect.apply(box), delay) : unknown(delay);
  }

  /** Records that the effect happened. */
  private static CalendarOutcome unanswered(CalendarOutcome effect, Duration delay) {
    return effect.asFailure().isPresent() ? effect : unknown(delay);
  }

  private static CalendarOutcome unknown(Duration delay) {
    return new CalendarOutcome.Unknown(delay);
  }

  private <T> T ask(
      EffectKind what,
      String mailbox,
      Function<Box, T> answer,
      Function<CalendarOutcome, T> failed) {
    Box box = system.box(mailbox);
    Supplier<T> asked =
        () -> {
          Optional<CalendarOutcome> throttled = throttled(box);
          if (throttled.isPresent()) {
            return failed.apply(throttled.get());
          }
          if (trouble(UNAVAILABLE_PERCENT)) {
            run.result.count(Counter.UNAVAILABLE);
            return failed.apply(new CalendarOutcome.Unknown(USUAL));
          }
          return answer.apply(box);
        };
    return process.effect(what, asked);
  }

  private Optional<CalendarOutcome> throttled(Box box) {
    boolean storm = run.faults.throttlesOutlook() && provider() == Provider.OUTLOOK;
    if (!trouble(storm ? STORM_PERCENT : THROTTLED_PERCENT)) {
      return Optional.empty();
    }
    run.result.count(Counter.THROTTLED);
    Duration delay = Duration.ofSeconds(run.random.between(1, storm ? 90 : 12));
    box.pausedUntil = Math.max(box.pausedUntil, run.time.now() + delay.toMillis());
    return Optional.of(new CalendarOutcome.TryLater(delay));
  }

  private boolean trouble(double percent) {
    return !run.faults.isClear() && run.random.percent(percent);
  }
}
