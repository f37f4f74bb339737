package clinic.scheduling.simulation;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.simulation.Truth.Kind;
import clinic.scheduling.simulation.Truth.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The expected entries of a calendar, computed again in the simplest way without the tested code.
 */
final class Expected {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Phi<String> NOTHING = Phi.of("");

  private Expected() {}

  static boolean isShown(Version it) {
    return it.visit().kind != Kind.OUR_BLOCK && it.isOn();
  }

  static CalendarEntry entry(Version it, CalendarBinding binding) {
    Interval time = Interval.of(Instant.ofEpochMilli(it.start()), Duration.ofMinutes(it.minutes()));
    boolean patient = it.visit().kind == Kind.OF_PATIENT;
    String link = "Canvas: " + SimulatedPractice.CANVAS_URL + "/schedule/day";
    Policy policy =
        binding.policy() == Policy.FULL && !binding.baa() ? Policy.INITIALS : binding.policy();
    if (!patient || policy == Policy.BUSY) {
      return new CalendarEntry(
          Phi.of("Busy"), Phi.of(link), NOTHING, CalendarEntry.NO_ADDRESS, time, ZONE, false);
    }
    String title = SimulatedPractice.TITLES.get(it.type());
    String place = SimulatedPractice.PLACES.get(it.place());
    if (policy == Policy.INITIALS) {
      return new CalendarEntry(
          Phi.of("Q.T. · " + title),
          Phi.of(link),
          Phi.of(place),
          CalendarEntry.NO_ADDRESS,
          time,
          ZONE,
          true);
    }
    String chart = "Canvas: " + SimulatedPractice.CANVAS_URL + "/patient/" + it.visit().patient;
    return full(it, time, title, place, chart);
  }

  private static CalendarEntry full(
      Version it, Interval time, String title, String place, String link) {
    int number = it.visit().number;
    boolean home = it.type() == SimulatedPractice.HOME;
    HomeAddress address = new HomeAddress(number + " Qanary Way", "Harborview", "CA", "90000");
    String details =
        "Reason: "
            + FhirDocuments.reason(it)
            + "\nPhone: "
            + Canary.phone(number)
            + (it.type() == SimulatedPractice.VIDEO
                ? "\nMeeting: https://meet.example.invalid/" + it.link()
                : "")
            + "\n"
            + link;
    return new CalendarEntry(
        Phi.of(Canary.name(number) + " " + Canary.family(number) + " · " + title),
        Phi.of(details),
        Phi.of(home ? address.oneLine() : place),
        home ? Phi.of(address) : CalendarEntry.NO_ADDRESS,
        time,
        ZONE,
        true);
  }
}
