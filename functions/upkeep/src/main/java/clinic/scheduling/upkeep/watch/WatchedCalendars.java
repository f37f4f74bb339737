package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.subscription.CalendarWatches;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calendars that have watches or should have: those that the practice document mirrors, and
 * those that have left it and still have watches.
 */
@Singleton
class WatchedCalendars {
  private final Practice practice;
  private final CalendarWatches watches;

  WatchedCalendars(Practice practice, CalendarWatches watches) {
    this.practice = practice;
    this.watches = watches;
  }

  /**
   * @param practitioner the id in the practice document; empty for all, and for calendars that have
   *     left it
   */
  List<RenewCalendar.Calendar> all(Optional<String> practitioner) {
    Map<String, RenewCalendar.Calendar> all = new LinkedHashMap<>();
    for (CalendarBinding binding : mirrored(practitioner)) {
      all.put(binding.key(), new RenewCalendar.Calendar(binding.key(), binding.address(), true));
    }
    if (practitioner.isEmpty()) {
      for (CalendarWatches.WatchedCalendar one : watches.calendars()) {
        all.computeIfAbsent(
            one.binding(), key -> new RenewCalendar.Calendar(key, one.address(), false));
      }
    }
    return new ArrayList<>(all.values());
  }

  /**
   * The calendars whose meetings block time, by the practice document. Of clinicians who share a
   * mailbox, the one with the shortest poll interval counts.
   */
  List<CalendarBinding> mirrored(Optional<String> practitioner) {
    Map<String, CalendarBinding> byKey = new LinkedHashMap<>();
    practice.practitioners().stream()
        .filter(who -> practitioner.isEmpty() || practitioner.get().equals(who.id()))
        .map(Practitioner::calendars)
        .flatMap(List::stream)
        .filter(CalendarBinding::blocksCanvas)
        .sorted(Comparator.comparing(binding -> binding.meetings().poll()))
        .forEach(binding -> byKey.putIfAbsent(binding.key(), binding));
    return List.copyOf(byKey.values());
  }

  /** The Canvas staff keys of the clinicians whose time the meetings of this calendar block. */
  List<String> clinicians(String binding) {
    return practice.practitioners().stream()
        .filter(
            who ->
                who.calendars().stream()
                    .anyMatch(one -> one.blocksCanvas() && one.key().equals(binding)))
        .map(Practitioner::canvasId)
        .toList();
  }
}
