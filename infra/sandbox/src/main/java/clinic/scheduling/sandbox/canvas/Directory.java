package clinic.scheduling.sandbox.canvas;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the instance has configured: who works where, visit types, reasons, open hours. */
final class Directory {
  private final World world;
  private final List<CalendarEvent> calendar;

  Directory(World world) {
    this.world = world;
    this.calendar = new CopyOnWriteArrayList<>(world.calendar());
  }

  List<Place> places() {
    return world.places();
  }

  List<Clinician> clinicians() {
    return world.clinicians();
  }

  List<ScheduleKey> schedules() {
    return world.schedules();
  }

  List<CalendarEvent> calendar() {
    return calendar;
  }

  Optional<Place> place(int number) {
    return places().stream().filter(place -> place.number() == number).findFirst();
  }

  /** By UUID, or by the internal integer as old clients still send it. */
  Optional<Place> place(String id) {
    return places().stream()
        .filter(place -> place.id().equals(id) || Integer.toString(place.number()).equals(id))
        .findFirst();
  }

  Optional<Clinician> clinician(String key) {
    return clinicians().stream().filter(one -> one.key().equals(key)).findFirst();
  }

  Optional<VisitType> type(String system, String code) {
    return world.types().stream()
        .filter(type -> type.system().equals(system) && type.code().equals(code))
        .findFirst();
  }

  VisitType defaultType() {
    return world.types().stream().filter(VisitType::isDefault).findFirst().orElseThrow();
  }

  /** Every configured reason with this code, whatever its system. */
  List<VisitReason> reasons(String code) {
    return world.reasons().stream().filter(reason -> reason.code().equals(code)).toList();
  }
}
