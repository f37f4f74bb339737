package clinic.scheduling.fanout;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells slot lookups, in whatever process, that what they have read of a clinician's time is out of
 * date. Telling them twice does no harm; not being able to is a failure, and the notice comes back.
 */
@Singleton
final class StaleTimes {
  private final Holds holds;
  private final Practice practice;

  StaleTimes(Holds holds, Practice practice) {
    this.holds = holds;
    this.practice = practice;
  }

  /**
   * Of everybody whose visit it is or was: a visit that has gone to another leaves free time
   * behind.
   *
   * @param thread the visit; empty if Canvas does not know it any more
   * @param standing keys of the calendars where the ledger knows of an entry, past or present
   */
  void note(Optional<VisitThread> thread, Set<String> standing) {
    Stream.concat(
            thread.stream().flatMap(one -> one.practitioners().stream()),
            practice.practitioners().stream()
                .filter(who -> isMirrored(who, standing))
                .map(Practitioner::canvasId))
        .distinct()
        .sorted()
        .forEach(holds::changed);
  }

  private static boolean isMirrored(Practitioner who, Set<String> standing) {
    return who.calendars().stream().anyMatch(binding -> standing.contains(binding.key()));
  }
}
