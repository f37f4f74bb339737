package clinic.scheduling.simulation;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.simulation.Clinic.Document;
import clinic.scheduling.simulation.Clinic.Visit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Canvas itself: what it shows, perhaps a moment too late, and its tokens. */
final class CanvasSystem {
  private static final long STALE_FOR = 2_000;
  private static final double STALE_PERCENT = 3;

  private final Run run;
  private final Map<String, Patient> patients = new HashMap<>();
  private final Set<String> tokens = new HashSet<>();
  private int issued;

  CanvasSystem(Run run) {
    this.run = run;
  }

  String newToken() {
    String token = "token-" + issued++;
    tokens.add("Bearer " + token);
    return token;
  }

  void revokeTokens() {
    tokens.clear();
  }

  boolean accepts(String bearer) {
    return tokens.contains(bearer);
  }

  Optional<Document> document(String id) {
    return Optional.ofNullable(run.clinic.documents.get(id)).flatMap(this::shown);
  }

  Optional<Patient> patient(String id) {
    int number = Integer.parseInt(id.substring(28));
    return Optional.of(patients.computeIfAbsent(id, key -> Documents.patient(key, number)));
  }

  List<Appointment> of(String practitioner, LocalDate from, LocalDate to) {
    long first = from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    long last = to.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    int clinician = practitioner.charAt(practitioner.length() - 1) - '0';
    List<Document> found = new ArrayList<>();
    for (Document one : run.clinic.documents.values()) {
      if (one.version().practitioner() == clinician
          && one.version().start() >= first
          && one.version().start() < last) {
        shown(one).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingLong(one -> one.version().start()));
    return found.stream().map(Document::body).toList();
  }

  List<Appointment> ofPatient(String patient, LocalDate from) {
    Visit visit = run.clinic.byPatient.get(Integer.parseInt(patient.substring(28)));
    List<Appointment> found = new ArrayList<>();
    if (visit == null) {
      return found;
    }
    visit.versions.stream()
        .map(Clinic.Version::appointment)
        .distinct()
        .flatMap(id -> document(id).stream())
        .map(Document::body)
        .filter(
            one ->
                !Instant.parse(one.start()).isBefore(from.atStartOfDay(ZoneOffset.UTC).toInstant()))
        .forEach(found::add);
    return found;
  }

  /** What was changed a moment ago may be shown as it was before, or not at all if it is new. */
  private Optional<Document> shown(Document one) {
    boolean stale =
        run.time.now() - one.at() < STALE_FOR
            && !run.weather.isClear()
            && run.chance.percent(STALE_PERCENT);
    if (stale) {
      run.tally.count(Counted.STALE_READ);
      return Optional.ofNullable(one.before());
    }
    return Optional.of(one);
  }
}
