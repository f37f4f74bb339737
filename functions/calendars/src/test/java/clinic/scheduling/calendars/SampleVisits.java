package clinic.scheduling.calendars;

import clinic.scheduling.calendars.entry.PatientSummary;
import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.calendars.entry.Visit.Kind;
import clinic.scheduling.calendars.entry.Visit.Visibility;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Visits and calendars as tests need them; names are synthetic. */
public final class SampleVisits {
  public static final String ROOT = "0a1b2c3d-0000-4000-8000-000000000001";
  public static final Instant START = Instant.parse("2026-11-24T17:00:00Z");
  public static final Interval HALF_PAST = Interval.of(START, Duration.ofMinutes(30));
  public static final CalendarBinding OUTLOOK = binding(Provider.OUTLOOK, Policy.FULL, true);
  public static final CalendarBinding GOOGLE = binding(Provider.GOOGLE, Policy.BUSY, false);

  private SampleVisits() {}

  public static Visit visit(Visibility sight, Kind kind, Optional<AppointmentStatus> status) {
    return new Visit(
        ROOT,
        sight,
        kind,
        status,
        Optional.of(HALF_PAST),
        ZoneId.of("America/Los_Angeles"),
        "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11",
        "Office visit",
        Optional.of("Harbor Clinic"),
        Optional.of("https://meet.example.invalid/1"),
        Optional.of("https://canvas.example.invalid/patient/1"),
        Optional.of("https://canvas.example.invalid/schedule/day"),
        kind == Kind.OF_PATIENT ? Optional.of(ada()) : Optional.empty());
  }

  public static Visit with(AppointmentStatus status) {
    return visit(Visibility.PRESENT, Kind.OF_PATIENT, Optional.of(status));
  }

  public static Visit at(Optional<Interval> time, AppointmentStatus status) {
    return at(with(status), time);
  }

  public static Visit at(Visit other, Optional<Interval> time) {
    return new Visit(
        other.root(),
        other.sight(),
        other.kind(),
        other.status(),
        time,
        other.zone(),
        other.practitioner(),
        other.title(),
        other.place(),
        other.meetingLink(),
        other.chart(),
        other.schedule(),
        other.person());
  }

  /** A visit of somebody. */
  public static Visit of(PatientSummary somebody) {
    Visit any = with(AppointmentStatus.BOOKED);
    return new Visit(
        any.root(),
        any.sight(),
        any.kind(),
        any.status(),
        any.time(),
        any.zone(),
        any.practitioner(),
        any.title(),
        any.place(),
        any.meetingLink(),
        any.chart(),
        any.schedule(),
        Optional.of(somebody));
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
    return new CalendarBinding(provider, "ingrid.testwell@example.invalid", policy, baa, direction);
  }
}
