package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.entry.CanvasVisit.Details;
import clinic.scheduling.calendars.entry.CanvasVisit.Kind;
import clinic.scheduling.calendars.entry.CanvasVisit.Visibility;
import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a visit: what Canvas and the practice document say about it. The patient is read only if a
 * calendar of the clinician shows something about the patient. {@code docs/facts/canvas.md} 3.1 and
 * 3.8 describe the Canvas fields.
 */
@Singleton
public final class VisitReader {
  /**
   * The path of the day's schedule. Canvas asks for a sign-in first ({@code docs/facts/canvas.md}
   * 11).
   */
  private static final String SCHEDULE = "/schedule/day";

  private static final String BLOCK_SYSTEM = ":block";

  private final Canvas canvas;
  private final Practice practice;
  private final Clock clock;
  private final String identifierSystem;

  VisitReader(Canvas canvas, Practice practice, Clock clock, IdentifierSystem identifierSystem) {
    this.canvas = canvas;
    this.practice = practice;
    this.clock = clock;
    this.identifierSystem = identifierSystem.uri();
  }

  /** A visit that Canvas no longer knows. */
  public CanvasVisit absent(String root) {
    return new CanvasVisit(
        root,
        Visibility.ABSENT,
        Kind.OF_PATIENT,
        Optional.empty(),
        Optional.empty(),
        "",
        new Details(
            practice.locations().get(0).zone(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  public CanvasVisit read(VisitThread thread) {
    Appointment now = thread.current();
    Optional<VisitType> type = VisitTypes.of(now, practice);
    Optional<Location> place = now.location().flatMap(practice::locationByCanvasId);
    return new CanvasVisit(
        thread.rootId(),
        now.replacedBy().isPresent() ? Visibility.REPLACED : Visibility.PRESENT,
        kind(thread.root(), now),
        now.knownStatus(),
        now.time(),
        now.practitioner().orElse(""),
        new Details(
            place.orElse(practice.locations().get(0)).zone(),
            title(now, type),
            place.map(Location::name),
            now.meetingLink(),
            practice.canvasUrl().flatMap(base -> now.patient().map(id -> base + "/patient/" + id)),
            practice.canvasUrl().map(base -> base + SCHEDULE),
            patient(now, type.filter(one -> one.modality() == Modality.HOME).isPresent())));
  }

  /** The correlation id for logs: our identifier of the booking, or the root if there is none. */
  public String correlation(VisitThread thread) {
    return thread.bookingId(identifierSystem).orElse(thread.rootId());
  }

  /**
   * Whether we have promised the visit to its patient: it was booked through us and not withdrawn.
   */
  public boolean isPromised(VisitThread thread) {
    return thread.isPromised(identifierSystem);
  }

  /** The plan for the visit, by the practice document as it is now. */
  public SyncPlan plan(CanvasVisit visit, KnownEntries known) {
    return SyncPlan.of(visit, bindings(visit.practitioner()), known, practice.entryRules());
  }

  /** Whether the practice document still has the calendar, in whichever direction it is synced. */
  public boolean hasCalendar(String binding) {
    return practice.practitioners().stream()
        .flatMap(who -> who.calendars().stream())
        .anyMatch(calendar -> calendar.key().equals(binding));
  }

  private List<CalendarBinding> bindings(String practitioner) {
    return practice
        .practitionerByCanvasId(practitioner)
        .map(Practitioner::calendars)
        .orElse(List.of());
  }

  private Optional<PatientSummary> patient(Appointment now, boolean atHome) {
    boolean isPatientShown =
        bindings(now.practitioner().orElse("")).stream()
            .filter(CalendarBinding::takesFromCanvas)
            .anyMatch(one -> EntryText.policyOf(one) != CalendarBinding.Policy.BUSY);
    return now.patient()
        .filter(id -> isPatientShown)
        .flatMap(canvas::patient)
        .map(patient -> PatientSummary.of(patient, now, atHome, today()));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /**
   * Whether the appointment is a block of ours, by which a meeting takes time in Canvas. It is no
   * visit.
   */
  public boolean isOurBlock(Appointment one) {
    return kind(one, one) == Kind.OUR_BLOCK;
  }

  /** A move by staff may not copy our identifier, but the root has it. */
  private Kind kind(Appointment root, Appointment now) {
    if (now.patient().isPresent()) {
      return Kind.OF_PATIENT;
    }
    boolean ofOurCategory = codings(now).anyMatch(one -> blockSystem().equals(one.system()));
    boolean isNamed =
        Stream.of(root, now)
            .flatMap(one -> one.identifiers().stream())
            .anyMatch(this::marksOurBlock);
    return ofOurCategory || isNamed ? Kind.OUR_BLOCK : Kind.BUSY_TIME;
  }

  private boolean marksOurBlock(Identifier one) {
    boolean byValue =
        identifierSystem.equals(one.system())
            && one.value() != null
            && BlockName.isNameOfBlock(one.value());
    return byValue || blockSystem().equals(one.system());
  }

  /**
   * The system URI of the identifiers of our blocks, and of the appointment type that a practice
   * uses for blocks.
   */
  private String blockSystem() {
    return identifierSystem + BLOCK_SYSTEM;
  }

  private static String title(Appointment now, Optional<VisitType> type) {
    return type.map(VisitType::name)
        .or(() -> codings(now).flatMap(one -> Stream.ofNullable(one.display())).findFirst())
        .orElse("Visit");
  }

  private static Stream<Coding> codings(Appointment now) {
    return Stream.ofNullable(now.appointmentType())
        .map(CodeableConcept::coding)
        .flatMap(Stream::ofNullable)
        .flatMap(List::stream);
  }
}
