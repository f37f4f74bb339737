package clinic.scheduling.fanout;

import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.KnownEntries;
import clinic.scheduling.calendars.entry.SyncPlan;
import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings everything about one visit in line with Canvas: finds the visit, waits for its turn, reads
 * it, has lookups read it too, tells the patient, and keeps every calendar, the one not held up by
 * the other.
 */
@Singleton
final class VisitSync {
  private static final Duration LAG = Duration.ofSeconds(5);

  /** For one call to a calendar, and for writing down what became of it. */
  private static final Duration ONE_EFFECT = Duration.ofSeconds(5);

  /**
   * A mailbox that was added lately may be denied for two hours, in which there is no use in trying
   * every few seconds (Graph: permission caches of Exchange Online).
   */
  private static final Duration DENIED = Duration.ofMinutes(10);

  private final Canvas canvas;
  private final VisitReader reader;
  private final InvalidateAvailability staleTimes;
  private final RequestMessage telling;
  private final DuplicateBooking twice;
  private final EffectRunner keeper;
  private final Clock clock;
  private final ChangeLog changes;
  private final VisitLock turn;
  private final Log log = Log.of(SyncCalendars.class);

  VisitSync(
      Canvas canvas,
      VisitReader reader,
      InvalidateAvailability staleTimes,
      RequestMessage telling,
      DuplicateBooking twice,
      EffectRunner keeper,
      Rows rows,
      Clock clock,
      Settings.Lease lease) {
    this.canvas = canvas;
    this.reader = reader;
    this.staleTimes = staleTimes;
    this.telling = telling;
    this.twice = twice;
    this.keeper = keeper;
    this.clock = clock;
    this.changes = new ChangeLog(rows, clock);
    this.turn = new VisitLock(rows, clock, lease.length());
  }

  /**
   * @param deadline when there is no time left; what cannot be done before is put off
   * @throws UnavailableException if it has to be tried again, after the delay it carries
   */
  void sync(String appointment, Trigger occasion, Deadline deadline) {
    log.put("appointment", appointment);
    Optional<VisitThread.History> past = VisitThread.historyOf(appointment, canvas);
    String root = past.map(VisitThread.History::rootId).orElse(appointment);
    VisitLock.Fate fate =
        turn.take(
            root,
            occasion.message(),
            occasion.ask(root),
            ask -> look(appointment, root, past, occasion, ask, deadline));
    log.info("synced", "visit", root, "fate", fate);
  }

  /** What is read is read after the turn was taken: what was read before may be older. */
  private void look(
      String appointment,
      String root,
      Optional<VisitThread.History> past,
      Trigger occasion,
      SyncRequest ask,
      Deadline deadline) {
    Optional<VisitThread> thread =
        past.flatMap(it -> it.thread(canvas)).or(() -> VisitThread.of(root, canvas));
    if (thread.filter(one -> isInPart(one, root, occasion)).isPresent()) {
      throw new UnavailableException("canvas: the beginning of a thread", Duration.ofSeconds(1));
    }
    String correlation = thread.map(reader::correlation).orElse(root);
    log.put("correlation", correlation);
    KnownEntries known = keeper.known(root);
    staleTimes.note(thread, correlation, known.bindings());
    Visit visit = thread.map(reader::read).orElseGet(() -> absent(root));
    if (!ask.isMute()) {
      tell(visit, thread, ask, correlation);
    }
    SyncPlan plan = reader.plan(visit, known);
    Optional<Duration> again =
        Stream.concat(
                plan.effects().stream()
                    .flatMap(effect -> keep(root, effect, occasion.notice(), deadline).stream()),
                misnamed(appointment, root)
                    .flatMap(
                        effect -> keep(appointment, effect, occasion.notice(), deadline).stream()))
            .max(Duration::compareTo);
    log.info("planned", "verdict", plan.verdict(), "effects", plan.effects().size());
    conclude(plan.verdict(), again);
  }

  /**
   * Of an appointment that is there twice the patient hears under one name, also when that one is
   * off: which of both was meant only the clinic can say.
   */
  private void tell(
      Visit visit, Optional<VisitThread> thread, SyncRequest ask, String correlation) {
    Optional<VisitThread> known = thread.flatMap(one -> twice.knewInsteadOf(one, canvas));
    if (known.isPresent()) {
      log.warn("twice-booked", "appointment", visit.root(), "known", known.get().rootId());
      telling.passOver(visit, thread, ask);
    } else {
      telling.tell(visit, thread, ask, correlation);
    }
  }

  /**
   * Whether this is the turn of no visit: a moment ago Canvas did not show the thread whole, or it
   * still does not. Its later part must not be taken for a visit of its own, of which the patient
   * would be told once more. One that had to be taken for a visit before does not wait again.
   */
  private boolean isInPart(VisitThread thread, String root, Trigger occasion) {
    return !thread.rootId().equals(root)
        || (thread.root().replaces().isPresent()
            && occasion.isFresh(clock.instant())
            && changes.read(root).isEmpty());
  }

  /** What was made under the name of a later appointment while Canvas did not show the first. */
  private Stream<Effect> misnamed(String appointment, String root) {
    return appointment.equals(root)
        ? Stream.empty()
        : keeper.known(appointment).bindings().stream()
            .sorted()
            .map(binding -> new Effect.Remove(binding, Effect.Why.ELSEWHERE));
  }

  private Visit absent(String root) {
    if (!isKnown(root)) {
      log.warn("unknown-appointment", "appointment", root);
      throw new UnavailableException("canvas: an appointment that it does not show", LAG);
    }
    log.warn("vanished-appointment", "appointment", root);
    return reader.absent(root);
  }

  /** One calendar that fails in a way nobody foresaw does not keep the others from their turn. */
  private Optional<Duration> keep(String root, Effect effect, String occasion, Deadline deadline) {
    if (!deadline.leaves(ONE_EFFECT)) {
      log.warn("out-of-time", "binding", effect.binding());
      return Optional.of(RetryAfter.USUAL);
    }
    try {
      EffectRunner.EffectOutcome kept = keeper.keep(root, effect, occasion);
      return isOutOfReach(effect, kept) ? giveUp(root, effect, kept) : delay(effect, kept);
    } catch (RuntimeException e) {
      log.failure("calendar-failed", e);
      return Optional.of(RetryAfter.USUAL);
    }
  }

  /** Nobody will put right a calendar that the practice does not have any more. */
  private boolean isOutOfReach(Effect effect, EffectRunner.EffectOutcome kept) {
    boolean lost =
        kept instanceof EffectRunner.EffectOutcome.Refused
            || (kept instanceof EffectRunner.EffectOutcome.Denied denied && denied.tooLong());
    return lost && !reader.hasCalendar(effect.binding());
  }

  private Optional<Duration> giveUp(String root, Effect effect, EffectRunner.EffectOutcome kept) {
    keeper.giveUp(root, effect.binding());
    log.error("calendar-given-up", "binding", effect.binding(), "why", kept);
    return Optional.empty();
  }

  private Optional<Duration> delay(Effect effect, EffectRunner.EffectOutcome kept) {
    if (kept instanceof EffectRunner.EffectOutcome.Refused refused) {
      log.error("calendar-refused", "binding", effect.binding(), "code", refused.code());
    }
    if (kept instanceof EffectRunner.EffectOutcome.Settled settled && settled.putRight()) {
      log.info("entry-put-right", "binding", effect.binding());
    }
    if (kept instanceof EffectRunner.EffectOutcome.Denied denied) {
      log.warn("calendar-denied", "binding", effect.binding(), "code", denied.code());
      if (denied.tooLong()) {
        log.error("calendar-denied-for-hours", "binding", effect.binding(), "code", denied.code());
      }
      return Optional.of(DENIED);
    }
    return kept instanceof EffectRunner.EffectOutcome.Later later
        ? Optional.of(later.delay())
        : Optional.empty();
  }

  private void conclude(SyncPlan.Verdict verdict, Optional<Duration> again) {
    switch (verdict) {
      case SHOWN, NOT_SHOWN -> {}
      case NOT_YET_CLEAR ->
          throw new UnavailableException("canvas: a successor that it does not show", LAG);
      case UNKNOWN -> log.error("unclear-visit");
    }
    if (again.isPresent()) {
      throw new UnavailableException("calendar", again.get());
    }
  }

  /** A promise whose message was not ordered yet is of a visit that was never seen here. */
  private boolean isKnown(String root) {
    return !keeper.known(root).bindings().isEmpty()
        || changes.read(root).filter(ChangeRecord::sent).isPresent();
  }
}
