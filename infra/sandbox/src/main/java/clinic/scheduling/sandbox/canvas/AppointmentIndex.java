package clinic.scheduling.sandbox.canvas;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Appointments by id and by practitioner, so that a search need not walk all of them. */
final class AppointmentIndex {
  private final Map<String, AppointmentEntry> byId = new LinkedHashMap<>();
  private final Map<String, Set<AppointmentEntry>> byPractitioner = new HashMap<>();

  /** Also to be called after every change: the practitioner may be another one. */
  void put(AppointmentEntry entry) {
    byId.put(entry.id(), entry);
    byPractitioner
        .computeIfAbsent(entry.now().practitioner(), key -> new LinkedHashSet<>())
        .add(entry);
  }

  Collection<AppointmentEntry> all() {
    return byId.values();
  }

  Optional<AppointmentEntry> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Those that the practitioner has or once had, for late readers see old versions. */
  Collection<AppointmentEntry> of(String practitioner) {
    return byPractitioner.getOrDefault(practitioner, Set.of());
  }

  void clear() {
    byId.clear();
    byPractitioner.clear();
  }
}
