package clinic.scheduling.simulation;

import clinic.scheduling.simulation.Clinic.Document;
import clinic.scheduling.simulation.Clinic.Kind;
import clinic.scheduling.simulation.Clinic.Version;
import clinic.scheduling.simulation.Clinic.Visit;
import java.util.Optional;

/** The people at the front desk: what they change in Canvas, and what Canvas tells of it. */
final class Staff {
  private static final long DAY = 24 * Weather.HOUR;

  private final Run run;

  Staff(Run run) {
    this.run = run;
  }

  void books() {
    int number = run.clinic.visits.size();
    int percent = run.chance.between(0, 99);
    Kind kind = percent < 94 ? Kind.OF_PATIENT : percent < 98 ? Kind.BUSY_TIME : Kind.OUR_BLOCK;
    Visit visit = new Visit(number, kind, "a".repeat(28) + String.format("%04d", number));
    int type = run.chance.between(0, 2);
    Version first =
        new Version(
            visit,
            0,
            run.time.now(),
            run.chance.uuid(),
            run.chance.percent(70) ? "proposed" : "booked",
            start(),
            30,
            run.chance.between(0, World.CLINICIANS - 1),
            type == World.VIDEO ? 1 : 0,
            type,
            run.chance.between(0, 999_999),
            0);
    visit.versions.add(first);
    run.clinic.visits.add(visit);
    run.clinic.byRoot.put(first.appointment(), visit);
    run.clinic.byPatient.put(number, visit);
    show(first, Optional.empty());
    tell("APPOINTMENT_CREATED", "created", first.appointment());
  }

  /** Changes some visit, as often as not in a way that its patient sees. */
  void changes() {
    Visit visit = run.chance.oneOf(run.clinic.visits);
    Version now = visit.now();
    if (now.isGone()) {
      if (now.status().equals("cancelled") && run.chance.percent(60)) {
        inPlace(now, "booked", "APPOINTMENT_RESTORED", "reverted");
      } else {
        touches(now);
      }
      return;
    }
    int percent = run.chance.between(0, 99);
    if (percent < 28) {
      update(
          copy(
              now,
              now.appointment(),
              now.status(),
              start(),
              now.practitioner(),
              now.place(),
              now.link(),
              now.reason()));
    } else if (percent < 40) {
      reschedules(now);
    } else if (percent < 48) {
      update(
          copy(
              now,
              now.appointment(),
              now.status(),
              now.start(),
              clinician(),
              now.place(),
              now.link(),
              now.reason()));
    } else if (percent < 54) {
      int place = now.type() == World.VIDEO ? 1 : run.chance.percent(50) ? 0 : 2;
      update(
          copy(
              now,
              now.appointment(),
              now.status(),
              now.start(),
              now.practitioner(),
              place,
              now.link(),
              now.reason()));
    } else if (percent < 60) {
      update(
          copy(
              now,
              now.appointment(),
              now.status(),
              now.start(),
              now.practitioner(),
              now.place(),
              run.chance.between(0, 999_999),
              now.reason()));
    } else if (percent < 66) {
      update(
          copy(
              now,
              now.appointment(),
              now.status(),
              now.start(),
              now.practitioner(),
              now.place(),
              now.link(),
              now.reason() + 1));
    } else if (percent < 76) {
      inPlace(
          now,
          now.status().equals("proposed") ? "booked" : "arrived",
          "APPOINTMENT_CHECKED_IN",
          "checked_in");
    } else if (percent < 87) {
      inPlace(now, "cancelled", "APPOINTMENT_CANCELED", "cancelled");
    } else if (percent < 90) {
      inPlace(now, "noshow", "APPOINTMENT_NO_SHOWED", "no_show");
    } else if (percent < 91) {
      inPlace(now, "entered-in-error", "APPOINTMENT_CANCELED", "cancelled");
    } else {
      touches(now);
    }
  }

  private int clinician() {
    return run.chance.between(0, World.CLINICIANS - 1);
  }

  /** In two days at the earliest, so that no visit is over before the run is. */
  private long start() {
    long day = run.chance.between(2, 50) * DAY;
    long halfHour = run.chance.between(32, 48) * 30L * Weather.MINUTE;
    return run.start / DAY * DAY + day + halfHour;
  }

  private void update(Version next) {
    add(next, false, "APPOINTMENT_UPDATED", "updated");
  }

  private void inPlace(Version now, String status, String event, String flag) {
    add(
        copy(
            now,
            now.appointment(),
            status,
            now.start(),
            now.practitioner(),
            now.place(),
            now.link(),
            now.reason()),
        false,
        event,
        flag);
  }

  /** As the user interface of Canvas does it: a new appointment, linked to the old one. */
  private void reschedules(Version now) {
    int clinician = run.chance.percent(30) ? clinician() : now.practitioner();
    Version next =
        copy(
            now,
            run.chance.uuid(),
            "proposed",
            start(),
            clinician,
            now.place(),
            now.link(),
            now.reason());
    add(next, true, "APPOINTMENT_CREATED", "rescheduled");
    tell("APPOINTMENT_UPDATED", "updated", now.appointment());
  }

  /** Canvas tells of something that nobody here sees. */
  private void touches(Version now) {
    tell("APPOINTMENT_UPDATED", "updated", now.appointment());
  }

  private void add(Version next, boolean replaces, String event, String flag) {
    run.tally.count(Counted.CHANGES);
    Version before = next.visit().now();
    next.visit().versions.add(next);
    Document standing = run.clinic.documents.get(before.appointment());
    Optional<String> older =
        replaces ? Optional.of(before.appointment()) : standing.body().replaces();
    if (replaces) {
      run.clinic.documents.put(
          before.appointment(),
          new Document(
              before,
              false,
              Documents.of(
                  before, standing.body().replaces(), Optional.of(next.appointment()), "cancelled"),
              standing,
              run.time.now()));
    }
    show(next, older);
    tell(event, flag, next.appointment());
  }

  private void show(Version version, Optional<String> replaces) {
    Document before = run.clinic.documents.get(version.appointment());
    run.clinic.documents.put(
        version.appointment(),
        new Document(
            version,
            true,
            Documents.of(version, replaces, Optional.empty(), version.status()),
            before,
            run.time.now()));
  }

  private void tell(String event, String flag, String appointment) {
    run.sender.tell(event, flag, appointment);
  }

  private Version copy(
      Version it,
      String appointment,
      String status,
      long start,
      int clinician,
      int place,
      int link,
      int reason) {
    return new Version(
        it.visit(),
        it.number() + 1,
        run.time.now(),
        appointment,
        status,
        start,
        it.minutes(),
        clinician,
        place,
        it.type(),
        link,
        reason);
  }
}
