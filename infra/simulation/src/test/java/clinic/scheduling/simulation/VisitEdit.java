package clinic.scheduling.simulation;

import clinic.scheduling.simulation.Truth.Version;

/** The next state of a visit: the current one with some changes. */
final class VisitEdit {
  private final Version now;
  String appointment;
  String status;
  long start;
  int minutes;
  int practitioner;
  int place;
  int link;
  int reason;

  VisitEdit(Version now) {
    this.now = now;
    this.appointment = now.appointment();
    this.status = now.status();
    this.start = now.start();
    this.minutes = now.minutes();
    this.practitioner = now.practitioner();
    this.place = now.place();
    this.link = now.link();
    this.reason = now.reason();
  }

  Version next(long at) {
    return new Version(
        now.visit(),
        now.number() + 1,
        at,
        appointment,
        status,
        start,
        minutes,
        practitioner,
        place,
        now.type(),
        link,
        reason);
  }
}
