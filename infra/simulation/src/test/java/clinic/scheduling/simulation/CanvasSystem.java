package clinic.scheduling.simulation;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.simulation.Truth.Document;
import clinic.scheduling.simulation.Truth.Visit;
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
import org.jspecify.annotations.Nullable;

/** Canvas itself: its data, which reads may see late, and its tokens. */
final class CanvasSystem {
  /**
   * How long it takes until every server shows a change. Until then, half of the servers show it.
   */
  private static final double LAGGING_PERCENT = 15;

  private static final int LONGEST_LAG = 5_000;
  private static final double STALE_PERCENT = 50;

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
    Document one = run.truth.documents.get(id);
    Optional<Document> seen = Optional.ofNullable(one).flatMap(this::shown);
    if (one != null && !one.current() && seen.isEmpty()) {
      run.result.count(Counter.THREAD_IN_PART);
    }
    return seen;
  }

  Optional<Patient> patient(String id) {
    int number = Integer.parseInt(id.substring(28));
    return Optional.of(patients.computeIfAbsent(id, key -> FhirDocuments.patient(key, number)));
  }

  List<Appointment> of(String practitioner, LocalDate from, LocalDate to) {
    long first = from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    long last = to.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    int clinician = practitioner.charAt(practitioner.length() - 1) - '0';
    List<Document> found = new ArrayList<>();
    for (Document one : run.truth.documents.values()) {
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
    Visit visit = run.truth.byPatient.get(Integer.parseInt(patient.substring(28)));
    List<Appointment> found = new ArrayList<>();
    if (visit == null) {
      return found;
    }
    visit.versions.stream()
        .map(Truth.Version::appointment)
        .distinct()
        .flatMap(id -> document(id).stream())
        .map(Document::body)
        .filter(
            one ->
                !Instant.parse(one.start()).isBefore(from.atStartOfDay(ZoneOffset.UTC).toInstant()))
        .forEach(found::add);
    return found;
  }

  /**
   * When every server will show a change made now: not before they show the previous change.
   *
   * @param before the appointment before the change; none if it is new
   */
  long everywhere(@Nullable Document before) {
    boolean lags = !run.faults.isClear() && run.random.percent(LAGGING_PERCENT);
    long at = run.time.now() + (lags ? run.random.between(500, LONGEST_LAG) : 0);
    return before == null ? at : Math.max(at, before.everywhere());
  }

  /** A read may see a recently changed appointment as it was before, or not see a new one. */
  private Optional<Document> shown(Document one) {
    if (run.time.now() >= one.everywhere() || !run.random.percent(STALE_PERCENT)) {
      return Optional.of(one);
    }
    run.result.count(Counter.STALE_READ);
    @Nullable Document seen = one;
    while (seen != null && run.time.now() < seen.everywhere()) {
      seen = seen.before();
    }
    return Optional.ofNullable(seen);
  }
}
