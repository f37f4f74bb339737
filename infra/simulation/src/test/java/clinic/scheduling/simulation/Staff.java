package clinic.scheduling.simulation;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.simulation.Truth.Document;
import clinic.scheduling.simulation.Truth.Kind;
import clinic.scheduling.simulation.Truth.Version;
import clinic.scheduling.simulation.Truth.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The staff at the front desk: what they change in Canvas, and the notices about it. */
final class Staff {
  private static final long DAY = 24 * FaultSchedule.HOUR;

  /** Reconciliation compares blocks that begin within the booking window. */
  private static final long RECONCILED = (SimulatedPractice.MEETING_DAYS - 2) * DAY;

  /** How often a move is followed by another one, or a cancellation is undone. */
  private static final int HASTY_PERCENT = 30;

  private static final int PROMISED_PERCENT = 50;

  private final Run run;

  Staff(Run run) {
    this.run = run;
  }

  void books() {
    int number = run.truth.visits.size();
    int percent = run.random.between(0, 99);
    Kind kind = percent < 94 ? Kind.OF_PATIENT : percent < 98 ? Kind.BUSY_TIME : Kind.OUR_BLOCK;
    boolean promised = kind == Kind.OF_PATIENT && run.random.percent(PROMISED_PERCENT);
    Visit visit = new Visit(number, kind, promised, "a".repeat(28) + String.format("%04d", number));
    int type = run.random.between(0, 2);
    Version first =
        new Version(
            visit,
            0,
            run.time.now(),
            run.random.uuid(),
            run.random.percent(70) ? "proposed" : "booked",
            start(),
            30,
            clinician(),
            type == SimulatedPractice.VIDEO ? 1 : 0,
            type,
            run.random.between(0, 999_999),
            0);
    if (!isAllowed(first)) {
      return;
    }
    visit.versions.add(first);
    run.truth.visits.add(visit);
    run.truth.byRoot.put(first.appointment(), visit);
    run.truth.byPatient.put(number, visit);
    show(first, Optional.empty());
    if (promised) {
      promise(first);
    }
    tell("APPOINTMENT_CREATED", "created", first.appointment());
    inHaste(visit, 2_000, this::goesAtOnce);
  }

  /** The records that BookAppointment writes before it answers. */
  private void promise(Version first) {
    Instant now = Instant.ofEpochMilli(run.time.now());
    String view = PatientFingerprint.of(document(first).body()).orElseThrow();
    Row promised =
        Row.fresh(
            RowKey.ofVisit(first.appointment(), "changes"),
            now.plus(Duration.ofDays(400)),
            Map.of(
                "sequence", "0",
                "change", "booked",
                "fingerprint", view,
                "sent", "false",
                "at", now.toString()));
    run.store.write(List.of(promised), now);
  }

  /** Cancels the visit before anybody can have seen it. */
  private void goesAtOnce(Version now) {
    if (run.random.percent(20) && now.isOn()) {
      if (now.visit().promised) {
        run.result.count(Counter.PROMISED_AND_GONE);
      }
      becomes(now, "cancelled", "APPOINTMENT_CANCELED", "cancelled");
    }
  }

  /** Changes a random visit, half of the time in a way that the patient sees. */
  void changes() {
    List<Visit> visits =
        run.size.hasMeetings()
            ? run.truth.visits.stream().filter(visit -> visit.block == null).toList()
            : run.truth.visits;
    changes(run.random.oneOf(visits).now());
  }

  /** Moves or cancels a block of the mirror, as if it were one of their own. */
  void changesBlock() {
    List<Version> standing =
        run.truth.blocks.stream()
            .map(Visit::now)
            .filter(it -> it.isOn() && it.start() > run.time.now())
            .filter(it -> it.start() < run.start + RECONCILED)
            .toList();
    if (standing.isEmpty()) {
      return;
    }
    run.result.count(Counter.BLOCK_CHANGED_BY_STAFF);
    Version block = run.random.oneOf(standing);
    if (run.random.percent(50)) {
      becomes(block, "cancelled", "APPOINTMENT_CANCELED", "cancelled");
    } else {
      updates(block, it -> it.start += 30 * FaultSchedule.MINUTE);
    }
  }

  private void changes(Version now) {
    int percent = run.random.between(0, 99);
    if (now.isGone()) {
      if (now.status().equals("cancelled") && percent < 60) {
        restores(now);
      } else {
        touches(now);
      }
    } else if (percent < 28) {
      updates(now, it -> it.start = start());
    } else if (percent < 40) {
      reschedules(now);
    } else if (percent < 48) {
      updates(now, it -> it.practitioner = clinician());
    } else if (percent < 54) {
      updates(now, it -> it.place = place(now));
    } else if (percent < 60) {
      updates(now, it -> it.link = run.random.between(0, 999_999));
    } else if (percent < 66) {
      updates(now, it -> it.reason++);
    } else if (percent < 76) {
      String next = now.status().equals("proposed") ? "booked" : "arrived";
      becomes(now, next, "APPOINTMENT_CHECKED_IN", "checked_in");
    } else if (percent < 87) {
      cancels(now);
    } else if (percent < 90) {
      becomes(now, "noshow", "APPOINTMENT_NO_SHOWED", "no_show");
    } else if (percent < 91) {
      becomes(now, "entered-in-error", "APPOINTMENT_CANCELED", "cancelled");
    } else {
      touches(now);
    }
  }

  private int clinician() {
    return run.random.between(0, run.size.clinicians() - 1);
  }

  private int place(Version now) {
    return now.type() == SimulatedPractice.VIDEO ? 1 : run.random.percent(50) ? 0 : 2;
  }

  /** A start at least two days ahead, so that no visit ends during the run. */
  private long start() {
    long day = run.random.between(2, run.size.days()) * DAY;
    long halfHour = run.random.between(32, 48) * 30L * FaultSchedule.MINUTE;
    return run.start / DAY * DAY + day + halfHour;
  }

  private void updates(Version now, Consumer<VisitEdit> change) {
    Version next = edited(now, change);
    if (isAllowed(next)) {
      add(next, "APPOINTMENT_UPDATED", "updated");
    }
  }

  private void becomes(Version now, String status, String event, String flag) {
    Version next = edited(now, it -> it.status = status);
    if (isAllowed(next)) {
      add(next, event, flag);
    }
  }

  /** Whether Canvas takes this: with double booking off, no other appointment has the time. */
  private boolean isAllowed(Version next) {
    boolean allowed =
        !run.canvas.refusesDoubleBooking
            || !next.isOn()
            || run.canvas.isFree(next.practitioner(), next.start(), next.end(), next.visit());
    if (!allowed) {
      run.result.count(Counter.VISIT_REFUSED);
    }
    return allowed;
  }

  /** Cancels, and sometimes restores before anybody can have been told. */
  private void cancels(Version now) {
    becomes(now, "cancelled", "APPOINTMENT_CANCELED", "cancelled");
    inHaste(now.visit(), 40_000, this::takesBack);
  }

  private void takesBack(Version now) {
    if (now.status().equals("cancelled")) {
      run.result.count(Counter.TAKEN_BACK_IN_HASTE);
    }
    restores(now);
  }

  private void restores(Version now) {
    if (now.status().equals("cancelled")) {
      becomes(now, "booked", "APPOINTMENT_RESTORED", "reverted");
    }
  }

  /**
   * Moves as the user interface of Canvas does: a new appointment, linked to the old one. Sometimes
   * it moves again at once, so that two links of the chain are new.
   */
  private void reschedules(Version now) {
    boolean handedOver = run.random.percent(30);
    Version next =
        edited(
            now,
            it -> {
              it.appointment = run.random.uuid();
              it.status = "proposed";
              it.start = start();
              it.practitioner = handedOver ? clinician() : now.practitioner();
            });
    if (!isAllowed(next)) {
      return;
    }
    Document standing = document(now);
    run.truth.documents.put(
        now.appointment(),
        new Document(
            now,
            false,
            FhirDocuments.of(
                now, standing.body().replaces(), Optional.of(next.appointment()), "cancelled"),
            standing,
            run.time.now(),
            run.canvas.everywhere(standing)));
    add(next, Optional.of(now.appointment()), "APPOINTMENT_CREATED", "rescheduled");
    tell("APPOINTMENT_UPDATED", "updated", now.appointment());
    inHaste(now.visit(), 3_000, this::reschedulesAgain);
  }

  private void reschedulesAgain(Version now) {
    if (!now.isGone()) {
      reschedules(now);
    }
  }

  /** Changes the visit again soon. */
  private void inHaste(Visit visit, int within, Consumer<Version> change) {
    if (run.random.percent(HASTY_PERCENT)) {
      run.time.after(
          run.random.between(200, within),
          () -> {
            if (run.hasNoticesLeft()) {
              change.accept(visit.now());
            }
          });
    }
  }

  /** Canvas sends a notice about a change that is not visible to us. */
  private void touches(Version now) {
    tell("APPOINTMENT_UPDATED", "updated", now.appointment());
  }

  private Version edited(Version now, Consumer<VisitEdit> change) {
    VisitEdit edit = new VisitEdit(now);
    change.accept(edit);
    return edit.next(run.time.now());
  }

  private void add(Version next, String event, String flag) {
    add(next, document(next).body().replaces(), event, flag);
  }

  private void add(Version next, Optional<String> replaces, String event, String flag) {
    run.result.count(Counter.CHANGES);
    next.visit().versions.add(next);
    show(next, replaces);
    tell(event, flag, next.appointment());
  }

  private Document document(Version version) {
    return run.truth.document(version.appointment());
  }

  private void show(Version version, Optional<String> replaces) {
    @Nullable Document before = run.truth.documents.get(version.appointment());
    run.truth.documents.put(
        version.appointment(),
        new Document(
            version,
            true,
            FhirDocuments.of(version, replaces, Optional.empty(), version.status()),
            before,
            run.time.now(),
            run.canvas.everywhere(before)));
  }

  private void tell(String event, String flag, String appointment) {
    run.sender.tell(event, flag, appointment);
  }
}
