package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.entry.Known;
import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.calendars.keep.EntryKeeper;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.PatientView;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.visit.VisitChanges;
import clinic.scheduling.core.visit.VisitChanges.Told;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the fan-out does with a notice: its own parts, without turns, queues and retries. */
@Singleton
final class FanOut {
  private final Canvas canvas;
  private final VisitReader reader;
  private final EntryKeeper keeper;
  private final MemoryQueue<ChangeNotice> changes;
  private final VisitChanges told;
  private final Practice practice;

  FanOut(
      Canvas canvas,
      VisitReader reader,
      EntryKeeper keeper,
      MemoryQueue<ChangeNotice> changes,
      VisitChanges told,
      Practice practice) {
    this.canvas = canvas;
    this.reader = reader;
    this.keeper = keeper;
    this.changes = changes;
    this.told = told;
    this.practice = practice;
  }

  /** Works off the queue. */
  void drain() {
    List<ChangeNotice> waiting = changes.sent();
    changes.clear();
    waiting.forEach(notice -> notice(notice.knownAppointment().orElseThrow()));
  }

  void notice(String appointment) {
    Optional<VisitThread> thread = VisitThread.of(appointment, canvas);
    String root = thread.map(VisitThread::rootId).orElse(appointment);
    Known known = keeper.known(root);
    Visit visit = thread.map(reader::read).orElseGet(() -> reader.absent(root));
    thread
        .flatMap(it -> PatientView.of(it.current(), practice))
        .ifPresent(view -> tell(root, view));
    reader
        .plan(visit, known)
        .effects()
        .forEach(effect -> keeper.keep(root, effect, UUID.randomUUID().toString()));
  }

  private void tell(String root, String view) {
    Optional<Told> before = told.read(root);
    PatientView.change(before.map(Told::fingerprint), view)
        .ifPresent(
            change ->
                told.write(
                    root,
                    before,
                    new Told(before.map(it -> it.sequence() + 1).orElse(0), change, view, true)));
  }
}
