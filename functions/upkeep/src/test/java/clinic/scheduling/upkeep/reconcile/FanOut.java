package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.KnownEntries;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.message.MessagePlan;
import clinic.scheduling.canvas.message.UnrecordedVisit;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.visit.KnownVisits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Does what the fan-out does with a notice, with the same classes, but without locks, queues and
 * retries.
 */
@Singleton
final class FanOut {
  private final Canvas canvas;
  private final VisitReader reader;
  private final EffectRunner keeper;
  private final DuplicateBooking twice;
  private final MemoryQueue<ChangeNotice> changes;
  private final ChangeLog told;
  private final KnownVisits all;
  private final Practice practice;
  private final Clock clock;

  /** What patients were told, in order. */
  final List<String> heard = new ArrayList<>();

  FanOut(
      Canvas canvas,
      VisitReader reader,
      EffectRunner keeper,
      DuplicateBooking twice,
      MemoryQueue<ChangeNotice> changes,
      ChangeLog told,
      Rows rows,
      Practice practice,
      Clock clock) {
    this.canvas = canvas;
    this.reader = reader;
    this.keeper = keeper;
    this.twice = twice;
    this.changes = changes;
    this.told = told;
    this.all = new KnownVisits(rows, clock);
    this.practice = practice;
    this.clock = clock;
  }

  /** Processes all notices in the queue. */
  void drain() {
    List<ChangeNotice> waiting = changes.sent();
    changes.clear();
    waiting.forEach(this::work);
  }

  /** Processes the notice of a new visit, or of a change of a known visit. */
  void notice(String appointment) {
    work(ChangeNotice.of(appointment, "created", "n", clock.instant(), appointment));
  }

  private void work(ChangeNotice notice) {
    String appointment = notice.knownAppointment().orElseThrow();
    Optional<VisitThread> thread = VisitThread.of(appointment, canvas);
    String root = thread.map(VisitThread::rootId).orElse(appointment);
    KnownEntries known = keeper.knownEntries(root);
    CanvasVisit visit = thread.map(reader::read).orElseGet(() -> reader.absent(root));
    if (!notice.hint().equals(ChangeNotice.CALENDARS_ONLY)) {
      thread
          .flatMap(it -> PatientFingerprint.of(it.current()))
          .ifPresent(view -> tell(notice, thread.orElseThrow(), visit, view));
    }
    reader.plan(visit, known).effects().forEach(effect -> run(root, effect));
    // As in SyncVisit, entries under the id of a later appointment are removed.
    if (!appointment.equals(root)) {
      keeper
          .knownEntries(appointment)
          .bindings()
          .forEach(binding -> run(appointment, new Effect.Remove(binding, Effect.Why.ELSEWHERE)));
    }
  }

  /** The effects that a notice of this visit would have on the calendars. */
  List<Effect> effects(String appointment) {
    CanvasVisit visit = reader.read(VisitThread.of(appointment, canvas).orElseThrow());
    return reader.plan(visit, keeper.knownEntries(visit.root())).effects();
  }

  private void run(String visit, Effect effect) {
    keeper.run(visit, effect, UUID.randomUUID().toString());
  }

  private void tell(ChangeNotice notice, VisitThread thread, CanvasVisit visit, String view) {
    Optional<ChangeRecord> before = told.read(visit.root());
    MessagePlan.Look look =
        new MessagePlan.Look(
            view,
            true,
            reader.isPromised(thread),
            notice.created().isPresent(),
            false,
            () -> UnrecordedVisit.of(thread, all, canvas, clock.instant()));
    boolean isTwin = twice.recordedOriginal(thread, canvas).isPresent();
    MessagePlan.next(look, before, practice, clock.instant())
        .filter(next -> !isTwin || before.isPresent())
        .ifPresent(
            next -> {
              heard.addAll(
                  isTwin || next.sent() ? List.of() : List.of(visit.root() + " " + next.change()));
              told.write(visit.root(), before, next.afterSending());
            });
  }
}
