package clinic.scheduling.simulation;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.simulation.CalendarSystem.Event;
import clinic.scheduling.simulation.Truth.Version;
import clinic.scheduling.simulation.Truth.Visit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Compares the calendars with the truth. */
final class CalendarChecks {
  private final Run run;
  private final List<List<CalendarBinding>> bindings;

  CalendarChecks(Run run, Practice practice) {
    this.run = run;
    this.bindings =
        practice.practitioners().stream().map(clinician -> clinician.calendars()).toList();
  }

  /**
   * Each visit has exactly one entry in each calendar where it belongs, and there are no other
   * entries of ours.
   */
  void judge() {
    for (Visit visit : run.truth.visits) {
      judge(visit, run.outlook);
      judge(visit, run.google);
    }
    strangers(run.outlook);
    strangers(run.google);
  }

  /** The newest version that both calendars show; -1 if there is none. */
  int newestShown(Visit visit) {
    Map<String, List<Event>> outlook = run.outlook.standing(visit.root());
    Map<String, List<Event>> google = run.google.standing(visit.root());
    for (int i = visit.versions.size() - 1; i >= 0; i--) {
      Version version = visit.versions.get(i);
      if (isShown(version, Provider.OUTLOOK, outlook)
          && isShown(version, Provider.GOOGLE, google)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isShown(Version version, Provider provider, Map<String, List<Event>> standing) {
    if (!Expected.isShown(version)) {
      return standing.isEmpty();
    }
    CalendarBinding binding = binding(version.practitioner(), provider);
    List<Event> here = standing.get(binding.address());
    return standing.size() == 1
        && here != null
        && here.size() == 1
        && same(here.get(0).entry, Expected.entry(version, binding));
  }

  private CalendarBinding binding(int clinician, Provider provider) {
    return bindings.get(clinician).stream()
        .filter(one -> one.provider() == provider)
        .findFirst()
        .orElseThrow();
  }

  private static boolean same(CalendarEntry one, CalendarEntry other) {
    return one.time().equals(other.time()) && Arrays.equals(one.parts(), other.parts());
  }

  private void judge(Visit visit, CalendarSystem system) {
    Version now = visit.now();
    Map<String, List<Event>> standing = system.standing(visit.root());
    if (!isShown(now, system.provider, standing)) {
      run.result.wrong(
          "%s, visit %d %s (clinician %d, %s): stands %s"
              .formatted(
                  system.provider,
                  visit.number,
                  now.status(),
                  now.practitioner(),
                  now.appointment(),
                  text(standing)));
    }
  }

  private static String text(Map<String, List<Event>> standing) {
    StringBuilder text = new StringBuilder();
    standing.forEach(
        (mailbox, events) ->
            events.forEach(
                event ->
                    text.append(mailbox)
                        .append(' ')
                        .append(event.id)
                        .append(' ')
                        .append(Arrays.toString(event.entry.parts()))));
    return text.toString();
  }

  private void strangers(CalendarSystem system) {
    system
        .boxes()
        .forEach(
            (mailbox, box) ->
                box.events.values().stream()
                    .filter(it -> !it.deleted && !run.truth.byRoot.containsKey(it.stamp.root()))
                    .forEach(
                        it ->
                            run.result.wrong(
                                mailbox + " has an entry of no visit: " + it.stamp.root())));
  }
}
