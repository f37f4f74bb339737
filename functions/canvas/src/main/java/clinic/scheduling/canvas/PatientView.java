package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.queue.Change;
import java.util.List;
import java.util.Optional;

/**
 * What a patient sees of a visit, as a fingerprint: when, with whom, where, by which link, or that
 * it is off; what no message of this practice shows is left out. The fan-out records it with each
 * change, and whoever tells the change compares it with what Canvas shows at that moment. Ids only;
 * nothing of it can be read back.
 */
public final class PatientView {
  /** The fingerprint of every visit that is off. */
  public static final String GONE = "gone";

  private static final int PART = 16;
  private static final List<Change> BY_PART =
      List.of(Change.MOVED, Change.PRACTITIONER_CHANGED, Change.PLACE_CHANGED, Change.LINK_CHANGED);

  private PatientView() {}

  /**
   * @param visit the last appointment of its thread
   * @return empty if it is not certain how the visit stands: a status that we do not know or that
   *     is neither on nor off, a time that cannot be read, a successor that Canvas does not show
   */
  public static Optional<String> of(Appointment visit, Practice practice) {
    if (visit.replacedBy().isPresent()) {
      return Optional.empty();
    }
    if (visit.knownStatus().filter(AppointmentStatus::isGone).isPresent()) {
      return Optional.of(GONE);
    }
    return visit
        .knownStatus()
        .filter(AppointmentStatus::occupiesTime)
        .flatMap(status -> visit.time())
        .map(time -> of(visit, time, practice));
  }

  /**
   * What a patient would call the step from one view to the other.
   *
   * @param before what they know; empty if they know of no visit
   * @return empty if they see no difference
   */
  public static Optional<Change> change(Optional<String> before, String now) {
    if (before.filter(now::equals).isPresent()) {
      return Optional.empty();
    }
    if (now.equals(GONE)) {
      return Optional.of(Change.CANCELLED);
    }
    if (before.isEmpty()) {
      return Optional.of(Change.BOOKED);
    }
    return Optional.of(before.get().equals(GONE) ? Change.RESTORED : difference(before.get(), now));
  }

  /** How patient and clinician meet; a kind of visit that only staff book tells by its link. */
  public static Modality modality(Appointment visit, Practice practice) {
    return VisitTypes.of(visit, practice)
        .map(VisitType::modality)
        .orElse(visit.meetingLink().isPresent() ? Modality.VIDEO : Modality.IN_PERSON);
  }

  private static Change difference(String before, String now) {
    List<String> then = List.of(before.split("\\.", -1));
    List<String> since = List.of(now.split("\\.", -1));
    if (then.size() != since.size() || !then.get(0).equals(since.get(0))) {
      return Change.MOVED;
    }
    List<Change> changes =
        BY_PART.stream()
            .filter(one -> !then.get(BY_PART.indexOf(one)).equals(since.get(BY_PART.indexOf(one))))
            .toList();
    return changes.size() == 1 ? changes.get(0) : Change.CHANGED;
  }

  private static String of(Appointment visit, Interval time, Practice practice) {
    Modality modality = modality(visit, practice);
    boolean named = practice.messages().practitionerName();
    return String.join(
        ".",
        part(time.start().toString(), time.end().toString()),
        part(named ? visit.practitioner().orElse("") : ""),
        part(modality.word(), modality == Modality.IN_PERSON ? place(visit, practice) : ""),
        part(modality == Modality.VIDEO ? visit.meetingLink().orElse("") : ""));
  }

  private static String place(Appointment visit, Practice practice) {
    return visit
        .location()
        .flatMap(practice::locationByCanvasId)
        .map(
            place ->
                place.name() + "\n" + place.address().map(Location.Address::oneLine).orElse(""))
        .orElse("");
  }

  private static String part(String... seen) {
    return Digest.of(seen).substring(0, PART);
  }
}
