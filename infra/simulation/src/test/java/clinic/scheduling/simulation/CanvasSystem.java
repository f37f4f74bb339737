package clinic.scheduling.simulation;

import clinic.scheduling.canvas.SimulatedCanvas;
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

  /** Whether Canvas refuses two appointments of a clinician at the same time. */
  boolean refusesDoubleBooking;

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

  /** The appointments of ours that carry this identifier. */
  List<Appointment> named(String identifier) {
    List<Appointment> found =
        run.truth.blocks.stream()
            .filter(block -> identifier.equals(nameOf(block)))
            .flatMap(block -> block.versions.stream().map(Truth.Version::appointment).distinct())
            .flatMap(id -> document(id).stream())
            .map(Document::body)
            .toList();
    if (!found.isEmpty()) {
      run.result.count(Counter.BLOCK_FOUND_BY_NAME);
    }
    return found;
  }

  static String nameOf(Visit block) {
    return block.block == null ? "" : block.block.identifierOf(SimulatedPractice.SYSTEM).orElse("");
  }

  /** Whether no other appointment of the clinician is at this time. */
  boolean isFree(int clinician, long from, long to, @Nullable Visit but) {
    return run.truth.visits.stream()
        .filter(visit -> visit != but)
        .map(Visit::now)
        .noneMatch(it -> it.practitioner() == clinician && it.isOn() && it.overlaps(from, to));
  }

  /** Creates a block, and returns its id. */
  String create(Appointment sent) {
    Times times = times(sent, null);
    Visit block = new Visit(run.truth.visits.size(), Truth.Kind.OUR_BLOCK, false, "");
    block.block = sent;
    Truth.Version first =
        new Truth.Version(
            block,
            0,
            run.time.now(),
            run.random.uuid(),
            String.valueOf(sent.status()),
            times.start(),
            times.minutes(),
            times.clinician(),
            0,
            SimulatedPractice.OFFICE,
            0,
            0);
    block.versions.add(first);
    run.truth.visits.add(block);
    run.truth.blocks.add(block);
    run.truth.byRoot.put(first.appointment(), block);
    run.result.count(Counter.BLOCKS_CREATED);
    show(first);
    run.sender.tell("APPOINTMENT_CREATED", "created", first.appointment());
    return first.appointment();
  }

  /** Replaces a block. */
  void update(String id, Instant unmodifiedSince, Appointment sent) {
    Document now = run.truth.documents.get(id);
    if (now == null) {
      throw new SimulatedCanvas.Refusal(404, 0);
    }
    Visit visit = now.version().visit();
    if (visit.block == null) {
      run.result.wrong("a visit was written to as if it were a block: " + visit.number);
    }
    if (now.at() / 1000 > unmodifiedSince.getEpochSecond()) {
      run.result.count(Counter.CHANGED_MEANWHILE);
      throw new SimulatedCanvas.Refusal(412, 0);
    }
    boolean gone = "cancelled".equals(sent.status());
    Times times = times(sent, gone ? null : visit);
    visit.block = sent;
    VisitEdit edit = new VisitEdit(visit.now());
    edit.status = String.valueOf(sent.status());
    edit.start = times.start();
    edit.minutes = times.minutes();
    Truth.Version next = edit.next(run.time.now());
    visit.versions.add(next);
    run.result.count(gone ? Counter.BLOCKS_CANCELLED : Counter.BLOCKS_MOVED);
    show(next);
    run.sender.tell(
        gone ? "APPOINTMENT_CANCELED" : "APPOINTMENT_UPDATED", "updated", next.appointment());
  }

  private record Times(long start, int minutes, int clinician) {}

  /**
   * The time of a block.
   *
   * @param but the block itself, if it is moved
   */
  private Times times(Appointment sent, @Nullable Visit but) {
    long start = Instant.parse(sent.start()).toEpochMilli();
    long end = Instant.parse(sent.end()).toEpochMilli();
    String who = sent.practitioner().orElseThrow();
    int clinician = who.charAt(who.length() - 1) - '0';
    boolean takesTime = !"cancelled".equals(sent.status());
    if (takesTime && refusesDoubleBooking && !isFree(clinician, start, end, but)) {
      run.result.count(Counter.TIME_TAKEN);
      throw SimulatedCanvas.Refusal.ofTakenTime();
    }
    return new Times(start, (int) ((end - start) / 60_000), clinician);
  }

  private void show(Truth.Version version) {
    @Nullable Document before = run.truth.documents.get(version.appointment());
    run.truth.documents.put(
        version.appointment(),
        new Document(
            version,
            true,
            FhirDocuments.of(version, Optional.empty(), Optional.empty(), version.status()),
            before,
            run.time.now(),
            everywhere(before)));
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
