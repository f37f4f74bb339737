package clinic.scheduling.sandbox.canvas.practice;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.Clinician;
import clinic.scheduling.sandbox.canvas.Place;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.VisitReason;
import clinic.scheduling.sandbox.canvas.VisitType;
import clinic.scheduling.sandbox.canvas.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The configuration of the instance: who works where, visit types, reasons, open hours. */
public final class Directory {
  private final List<CalendarEvent> calendar = new CopyOnWriteArrayList<>();
  private volatile World world;
  private volatile Map<String, Clinician> byKey;

  public Directory(World world) {
    this.world = world;
    this.byKey = byKey(world);
    calendar.addAll(world.calendar());
  }

  /** Replaces the practice. */
  public void become(World next) {
    world = next;
    byKey = byKey(next);
    calendar.clear();
    calendar.addAll(next.calendar());
  }

  public List<Place> places() {
    return world.places();
  }

  List<Clinician> clinicians() {
    return world.clinicians();
  }

  public List<ScheduleKey> schedules() {
    return world.schedules();
  }

  public List<CalendarEvent> calendar() {
    return calendar;
  }

  public Optional<Place> place(int number) {
    return places().stream().filter(place -> place.number() == number).findFirst();
  }

  /** Finds a location by its UUID, or by the internal number that old clients send. */
  public Optional<Place> place(String id) {
    return places().stream()
        .filter(place -> place.id().equals(id) || Integer.toString(place.number()).equals(id))
        .findFirst();
  }

  public Optional<Clinician> clinician(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  public Optional<VisitType> type(String system, String code) {
    return world.types().stream()
        .filter(type -> type.system().equals(system) && type.code().equals(code))
        .findFirst();
  }

  public VisitType defaultType() {
    return world.types().stream().filter(VisitType::isDefault).findFirst().orElseThrow();
  }

  /** All configured reasons with this code, in any system. */
  public List<VisitReason> reasons(String code) {
    return world.reasons().stream().filter(reason -> reason.code().equals(code)).toList();
  }

  private static Map<String, Clinician> byKey(World world) {
    return world.clinicians().stream().collect(Collectors.toMap(Clinician::key, one -> one));
  }
}
