package clinic.scheduling.sandbox.canvas.appointments;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Indexes appointments by id and by practitioner, so that a search need not scan them all. */
final class AppointmentIndex {
  private final Map<String, AppointmentHistory> byId = new LinkedHashMap<>();
  private final Map<String, Set<AppointmentHistory>> byPractitioner = new HashMap<>();

  /**
   * Adds or updates an appointment. Call it after every change, because the practitioner may have
   * changed.
   */
  void put(AppointmentHistory entry) {
    byId.put(entry.id(), entry);
    byPractitioner
        .computeIfAbsent(entry.now().practitioner(), key -> new LinkedHashSet<>())
        .add(entry);
  }

  Collection<AppointmentHistory> all() {
    return byId.values();
  }

  Optional<AppointmentHistory> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The appointments that the practitioner has or once had, because lagging reads see old versions.
   */
  Collection<AppointmentHistory> of(String practitioner) {
    return byPractitioner.getOrDefault(practitioner, Set.of());
  }

  void clear() {
    byId.clear();
    byPractitioner.clear();
  }
}
