package clinic.scheduling.calendars;

import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.CanvasVisit.Details;
import clinic.scheduling.calendars.entry.CanvasVisit.Kind;
import clinic.scheduling.calendars.entry.CanvasVisit.Visibility;
import clinic.scheduling.calendars.entry.PatientSummary;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Meetings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Visits and calendars for tests; all names are synthetic. */
public final class SampleVisits {
  public static final String ROOT = "0a1b2c3d-0000-4000-8000-000000000001";
  public static final Instant START = Instant.parse("2026-11-24T17:00:00Z");
  public static final Interval HALF_PAST = Interval.of(START, Duration.ofMinutes(30));
  public static final CalendarBinding OUTLOOK = binding(Provider.OUTLOOK, Policy.FULL, true);
  public static final CalendarBinding GOOGLE = binding(Provider.GOOGLE, Policy.BUSY, false);

  private SampleVisits() {}

  public static CanvasVisit visit(
      Visibility visibility, Kind kind, Optional<AppointmentStatus> status) {
    return new CanvasVisit(
        ROOT,
        visibility,
        kind,
        status,
        Optional.of(HALF_PAST),
        "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11",
        details(kind == Kind.OF_PATIENT ? Optional.of(ada()) : Optional.empty()));
  }

  private static Details details(Optional<PatientSummary> patient) {
    return new Details(
        ZoneId.of("America/Los_Angeles"),
        "Office visit",
        Optional.of("Harbor Clinic"),
        Optional.of("https://meet.example.invalid/1"),
        Optional.of("https://canvas.example.invalid/patient/1"),
        Optional.of("https://canvas.example.invalid/schedule/day"),
        patient);
  }

  public static CanvasVisit with(AppointmentStatus status) {
    return visit(Visibility.PRESENT, Kind.OF_PATIENT, Optional.of(status));
  }

  public static CanvasVisit at(Optional<Interval> time, AppointmentStatus status) {
    return at(with(status), time);
  }

  public static CanvasVisit at(CanvasVisit other, Optional<Interval> time) {
    return new CanvasVisit(
        other.root(),
        other.visibility(),
        other.kind(),
        other.status(),
        time,
        other.practitioner(),
        other.details());
  }

  /** A visit of the patient. */
  public static CanvasVisit of(PatientSummary somebody) {
    CanvasVisit any = with(AppointmentStatus.BOOKED);
    return new CanvasVisit(
        any.root(),
        any.visibility(),
        any.kind(),
        any.status(),
        any.time(),
        any.practitioner(),
        details(Optional.of(somebody)));
  }

  public static PatientSummary ada() {
    return new PatientSummary(
        Phi.of("Ada Fixture"),
        Phi.of("A.F."),
        Optional.of(Phi.of("+15555550123")),
        Optional.of(Phi.of("sore knee")),
        Optional.of(Phi.of(new HomeAddress("7 Test Way", "Harborview", "CA", "90000"))));
  }

  public static CalendarBinding binding(Provider provider, Policy policy, boolean baa) {
    return binding(provider, policy, baa, Direction.FROM_CANVAS);
  }

  public static CalendarBinding binding(
      Provider provider, Policy policy, boolean baa, Direction direction) {
    return new CalendarBinding(
        provider, "ingrid.testwell@example.invalid", policy, baa, direction, Meetings.DEFAULT);
  }
}
