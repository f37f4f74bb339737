package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Builds queries and clinicians for the pure tests of this package. */
final class TestQueries {
  private TestQueries() {}

  static SlotQuery query(VisitType visit, String from, String to, Optional<ZoneId> zone) {
    return new SlotQuery(
        visit,
        WindowBound.parse(from).orElseThrow(),
        WindowBound.parse(to).orElseThrow(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        30,
        zone,
        false,
        50,
        Optional.empty());
  }

  static BookableClinician bookable(String schedule, String who, String place, String zone) {
    return new BookableClinician(
        schedule,
        new Practitioner(who, "canvas-" + who, who, List.of(), List.of(), List.of(), List.of()),
        new Location(
            place, place, "1", "canvas-" + place, Optional.empty(), ZoneId.of(zone), List.of()),
        Licences.none(),
        List.of());
  }
}
