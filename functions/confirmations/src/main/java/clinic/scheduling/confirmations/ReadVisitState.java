package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.confirmations.contact.ReadContactPoints;
import clinic.scheduling.confirmations.contact.ReadContactPoints.ContactPoints;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.PlainText;
import clinic.scheduling.confirmations.render.Translations;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.confirmations.render.Visit;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.core.visit.ManageLink;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Reads a visit and its patient from Canvas, and from the table the consent that was given when the
 * visit was booked through us.
 */
@Singleton
final class ReadVisitState {
  private final Canvas canvas;
  private final Rows rows;
  private final ReadContactPoints points;
  private final Translations languages;
  private final Practice practice;
  private final ManageLink links;
  private final String identifierSystem;

  @Inject
  ReadVisitState(
      Canvas canvas,
      Rows rows,
      ReadContactPoints points,
      Translations languages,
      Practice practice,
      ManageLink links,
      IdentifierSystem identifierSystem) {
    this.canvas = canvas;
    this.rows = rows;
    this.points = points;
    this.languages = languages;
    this.practice = practice;
    this.links = links;
    this.identifierSystem = identifierSystem.uri();
  }

  /**
   * Reads the visit of a request, through all its moves.
   *
   * @throws UnavailableException if Canvas does not answer or does not know the appointment
   */
  VisitThread thread(MessageRequest request) {
    return VisitThread.of(request.appointment(), canvas)
        .orElseThrow(() -> unavailable("the visit"));
  }

  /**
   * Whether the booking function withdrew the appointment before it confirmed it to the patient.
   */
  boolean isWithdrawn(VisitThread thread) {
    return thread.isWithdrawn(identifierSystem);
  }

  /**
   * Reads everything that a message needs to know about the visit and its patient.
   *
   * @throws UnavailableException if Canvas does not answer, or does not show the time or the
   *     patient
   */
  VisitState state(MessageRequest request, VisitThread thread) {
    Appointment appointment = thread.current();
    Interval time = appointment.time().orElseThrow(() -> unavailable("a time"));
    Patient patient =
        appointment
            .patient()
            .flatMap(canvas::patient)
            .orElseThrow(() -> unavailable("the patient"));
    Optional<Consent> consent =
        thread.bookingId(identifierSystem).flatMap(booking -> Consent.read(booking, rows));
    Optional<String> zone = consent.flatMap(Consent::zone).or(patient::zone);
    ZoneId place = zoneOf(appointment, practice);
    return new VisitState(
        appointment,
        time,
        PatientFingerprint.of(appointment),
        describe(request.root(), appointment, time, zone, practice, links),
        place,
        zone.flatMap(ReadVisitState::zone).orElse(place),
        firstName(patient),
        languages.of(patient, consent),
        new ContactPoints(
            points.addresses(patient),
            points.numbers(patient),
            consent,
            consent.isEmpty() && thread.isPromised(identifierSystem)));
  }

  /**
   * What the practice document allows us to tell the patient about an appointment.
   *
   * @param patientZone the IANA zone of the patient. The times of a visit at the clinic are told in
   *     the clinic's zone instead, because the patient will be there
   */
  static Visit describe(
      String root,
      Appointment visit,
      Interval time,
      Optional<String> patientZone,
      Practice practice,
      ManageLink links) {
    Optional<Location> place = visit.location().flatMap(practice::locationByCanvasId);
    Modality modality = PatientFingerprint.modality(visit, practice);
    ZoneId local = zoneOf(visit, practice);
    return new Visit(
        time,
        modality == Modality.IN_PERSON
            ? local
            : patientZone.flatMap(ReadVisitState::zone).orElse(local),
        meeting(modality, visit, place, practice),
        practice.messages().practitionerName() ? clinician(visit, practice) : Optional.empty(),
        links.url(root, time.end()));
  }

  /**
   * The zone of the appointment's location. If the practice document does not contain that
   * location, the zone of the first location that it contains.
   */
  private static ZoneId zoneOf(Appointment visit, Practice practice) {
    return visit
        .location()
        .flatMap(practice::locationByCanvasId)
        .orElse(practice.locations().get(0))
        .zone();
  }

  private static Visit.Meeting meeting(
      Modality modality, Appointment visit, Optional<Location> place, Practice practice) {
    return switch (modality) {
      case IN_PERSON ->
          new Visit.Meeting.AtClinic(
              place.map(Location::name).orElse(practice.name()),
              place.flatMap(Location::address).map(Location.Address::oneLine));
      case VIDEO ->
          new Visit.Meeting.ByVideo(visit.meetingLink().filter(ReadVisitState::isWebAddress));
      case PHONE -> new Visit.Meeting.ByPhone();
      case HOME -> new Visit.Meeting.AtHome();
    };
  }

  private static Optional<String> clinician(Appointment visit, Practice practice) {
    return visit.practitioner().flatMap(practice::practitionerByCanvasId).map(Practitioner::name);
  }

  private static Phi<String> firstName(Patient patient) {
    List<Phi<String>> given = patient.officialName().map(HumanName::given).orElse(List.of());
    return Optional.ofNullable(given)
        .flatMap(names -> names.stream().findFirst())
        .map(name -> Phi.of(PlainText.givenName(name.value())))
        .orElse(Phi.of(""));
  }

  private static boolean isWebAddress(String link) {
    return link.matches("https?://[\\x21-\\x7e&&[^\"<>\\\\^`{|}]]{1,1000}");
  }

  private static Optional<ZoneId> zone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  static UnavailableException unavailable(String missing) {
    return new UnavailableException("canvas: " + missing, RetryAfter.USUAL);
  }

  /**
   * A visit as Canvas shows it at the moment of sending.
   *
   * @param fingerprint the fingerprint of what the patient sees of the visit; empty if Canvas does
   *     not show enough of the visit
   * @param place the zone of the place where the visit is
   * @param home the zone in which the patient lives; the same as {@code place} if we do not know it
   * @param firstName the first name with which a mail greets the patient; an empty text if the mail
   *     greets without a name
   * @param words the language in which the patient reads
   */
  record VisitState(
      Appointment appointment,
      Interval time,
      Optional<String> fingerprint,
      Visit visit,
      ZoneId place,
      ZoneId home,
      Phi<String> firstName,
      Translation words,
      ContactPoints contacts) {}
}
