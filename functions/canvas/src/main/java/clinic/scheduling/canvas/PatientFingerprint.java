package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.queue.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fingerprint of what a patient was told about a visit. It covers facts from Canvas and nothing
 * from the practice document. When two fingerprints are compared, both are interpreted with the
 * present document. So a change of the document never looks like a change of a visit
 * (docs/decisions/0021). A fingerprint consists of digests, which do not show the facts.
 *
 * <p>A fingerprint begins with the version of its format, except in the first format, which has
 * none. Facts that are missing in the older of two formats are not compared. A fingerprint in an
 * unknown format counts as equal to every other fingerprint of a visit that is on.
 *
 * <p>A visit is <em>on</em> while its status says that it occupies the clinician's time, and
 * <em>off</em> once it is cancelled or deleted.
 */
public final class PatientFingerprint {
  /** The fingerprint of every visit that is cancelled or deleted, in every format. */
  public static final String GONE = "gone";

  private static final String FORMAT = "2";
  private static final int PART = 16;
  private static final String NOTHING = part("");

  private PatientFingerprint() {}

  /**
   * @param visit the last appointment of its thread that Canvas has returned
   * @return empty if the state of the visit is uncertain: the visit is neither on nor off, its
   *     status is unknown, it is on but its time is unreadable, or it names a later appointment
   *     that replaced it, and Canvas has not returned that one
   */
  public static Optional<String> of(Appointment visit) {
    if (visit.replacedBy().isPresent()) {
      return Optional.empty();
    }
    if (visit.knownStatus().filter(AppointmentStatus::isGone).isPresent()) {
      return Optional.of(GONE);
    }
    return visit
        .knownStatus()
        .filter(AppointmentStatus::occupiesTime)
        .flatMap(status -> asIfOn(visit));
  }

  /**
   * The fingerprint that the appointment would have if its visit were on, whatever its status is
   * now; empty if its time is unreadable.
   */
  public static Optional<String> asIfOn(Appointment visit) {
    return visit.time().map(time -> facts(visit, time));
  }

  /**
   * The change between two fingerprints, as a patient sees it.
   *
   * @param before what the patient knows; empty if they know of no visit
   * @param practice decides what patients see of a visit, for both fingerprints
   * @return empty if the patient sees no difference
   */
  public static Optional<Change> change(Optional<String> before, String now, Practice practice) {
    if (before.filter(now::equals).isPresent()) {
      return Optional.empty();
    }
    if (now.equals(GONE)) {
      return Optional.of(Change.CANCELLED);
    }
    if (before.isEmpty()) {
      return Optional.of(Change.BOOKED);
    }
    return before.get().equals(GONE)
        ? Optional.of(Change.RESTORED)
        : Facts.of(before.get())
            .flatMap(then -> Facts.of(now).flatMap(since -> then.changeTo(since, practice)));
  }

  /**
   * How patient and clinician meet. If the practice document does not have the visit type, a visit
   * with a meeting link is by video and any other is in person.
   */
  public static Modality modality(Appointment visit, Practice practice) {
    return modality(VisitTypes.of(visit, practice), visit.meetingLink().isPresent());
  }

  private static Modality modality(Optional<VisitType> type, boolean hasLink) {
    return type.map(VisitType::modality).orElse(hasLink ? Modality.VIDEO : Modality.IN_PERSON);
  }

  private static String facts(Appointment visit, Interval time) {
    return String.join(
        ".",
        FORMAT,
        part(time.start().toString(), time.end().toString()),
        part(visit.practitioner().orElse("")),
        part(visit.meetingLink().orElse("")),
        Optional.ofNullable(visit.appointmentType())
            .flatMap(CodeableConcept::first)
            .map(PatientFingerprint::type)
            .orElse(NOTHING),
        part(visit.location().orElse("")));
  }

  private static String type(Coding coding) {
    return part(String.valueOf(coding.system()), String.valueOf(coding.code()));
  }

  private static String part(String... seen) {
    return Digest.of(seen).substring(0, PART);
  }

  /**
   * The parts of a fingerprint.
   *
   * @param kind a digest of the visit type's coding; together with {@code place} it determines
   *     where the visit is. Empty in the first format, which had a digest of the text about the
   *     place instead
   */
  private record Facts(
      String time, String practitioner, String link, Optional<String> kind, String place) {

    /** The parts of this fingerprint; empty if its format is unknown. */
    static Optional<Facts> of(String fingerprint) {
      List<String> parts = List.of(fingerprint.split("\\.", -1));
      if (parts.size() == 6 && parts.get(0).equals(FORMAT)) {
        return Optional.of(
            new Facts(
                parts.get(1), parts.get(2), parts.get(3), Optional.of(parts.get(4)), parts.get(5)));
      }
      return parts.size() == 4
          ? Optional.of(
              new Facts(parts.get(0), parts.get(1), parts.get(3), Optional.empty(), NOTHING))
          : Optional.empty();
    }

    /**
     * The change from these facts to {@code now}, as a patient sees it; empty if the patient sees
     * no difference.
     */
    Optional<Change> changeTo(Facts now, Practice practice) {
      if (!time.equals(now.time)) {
        return Optional.of(Change.MOVED);
      }
      List<Change> seen =
          Stream.of(
                  ifTrue(hasOtherPractitioner(now, practice), Change.PRACTITIONER_CHANGED),
                  ifTrue(isElsewhere(now, practice), Change.PLACE_CHANGED),
                  ifTrue(hasOtherLink(now, practice), Change.LINK_CHANGED))
              .flatMap(Optional::stream)
              .toList();
      return seen.size() > 1 ? Optional.of(Change.CHANGED) : seen.stream().findFirst();
    }

    /**
     * Whether the visit has another clinician, and the practice names clinicians to patients. A
     * fingerprint in the first format has no clinician if the practice did not name clinicians
     * then.
     */
    private boolean hasOtherPractitioner(Facts now, Practice practice) {
      return practice.messages().practitionerName()
          && !practitioner.equals(NOTHING)
          && !practitioner.equals(now.practitioner);
    }

    private boolean isElsewhere(Facts now, Practice practice) {
      return kind.isPresent()
          && now.kind.isPresent()
          && !placeText(practice).equals(now.placeText(practice));
    }

    /**
     * Whether the patient is shown another link. A fingerprint in the first format has no link if
     * the visit was not by video.
     */
    private boolean hasOtherLink(Facts now, Practice practice) {
      String before = kind.isPresent() ? shownLink(practice) : link;
      String since = now.shownLink(practice);
      boolean isKnown = kind.isPresent() || !(before.equals(NOTHING) || since.equals(NOTHING));
      return isKnown && !before.equals(since);
    }

    /**
     * Where the visit is, as the present practice document describes it to the patient. The
     * document has no words for a location that it does not contain, so two such locations look the
     * same.
     */
    private String placeText(Practice practice) {
      Modality modality = modality(practice);
      return modality == Modality.IN_PERSON
          ? modality.word() + "\n" + locationWords(practice)
          : modality.word();
    }

    private String locationWords(Practice practice) {
      return practice.locations().stream()
          .filter(one -> part(one.canvasId()).equals(place))
          .findFirst()
          .map(one -> one.name() + "\n" + one.address().map(Location.Address::oneLine).orElse(""))
          .orElse("");
    }

    private String shownLink(Practice practice) {
      return modality(practice) == Modality.VIDEO ? link : NOTHING;
    }

    private Modality modality(Practice practice) {
      Optional<VisitType> type =
          practice.visitTypes().stream()
              .filter(one -> kind.filter(code(one)::equals).isPresent())
              .findFirst();
      return PatientFingerprint.modality(type, !link.equals(NOTHING));
    }

    private static String code(VisitType type) {
      return part(type.coding().system(), type.coding().code());
    }

    private static Optional<Change> ifTrue(boolean condition, Change change) {
      return condition ? Optional.of(change) : Optional.empty();
    }
  }
}
