package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.confirmations.render.Visit;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.visit.ManageLink;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.Optional;

/** Turns a Canvas appointment into what we may tell its patient, by the practice document. */
@Singleton
final class DescribeVisit {
  private final Practice practice;
  private final ManageLink links;

  @Inject
  DescribeVisit(Practice practice, ManageLink links) {
    this.practice = practice;
    this.links = links;
  }

  /**
   * @param patientZone the IANA zone of the patient. Times of a visit at the clinic are told in the
   *     clinic's zone all the same, since the patient will be there
   */
  Visit visit(String root, Appointment visit, Interval time, Optional<String> patientZone) {
    Optional<Location> place = visit.location().flatMap(practice::locationByCanvasId);
    Modality modality = PatientFingerprint.modality(visit, practice);
    ZoneId local = zoneOf(visit);
    return new Visit(
        time,
        modality == Modality.IN_PERSON
            ? local
            : patientZone.flatMap(DescribeVisit::zone).orElse(local),
        meeting(modality, visit, place),
        practice.messages().practitionerName() ? clinician(visit) : Optional.empty(),
        links.url(root, time.end()));
  }

  /** The zone of the place, or of the practice's first place if we do not know it. */
  ZoneId zoneOf(Appointment visit) {
    return visit
        .location()
        .flatMap(practice::locationByCanvasId)
        .orElse(practice.locations().get(0))
        .zone();
  }

  private Visit.Meeting meeting(Modality modality, Appointment visit, Optional<Location> place) {
    return switch (modality) {
      case IN_PERSON ->
          new Visit.Meeting.AtClinic(
              place.map(Location::name).orElse(practice.name()),
              place.flatMap(Location::address).map(Location.Address::oneLine));
      case VIDEO -> new Visit.Meeting.ByVideo(visit.meetingLink().filter(DescribeVisit::isHttps));
      case PHONE -> new Visit.Meeting.ByPhone();
      case HOME -> new Visit.Meeting.AtHome();
    };
  }

  private Optional<String> clinician(Appointment visit) {
    return visit.practitioner().flatMap(practice::practitionerByCanvasId).map(Practitioner::name);
  }

  private static boolean isHttps(String link) {
    return link.matches("https?://[\\x21-\\x7e&&[^\"<>\\\\^`{|}]]{1,1000}");
  }

  static Optional<ZoneId> zone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }
}
