package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Ids;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.notices.AppointmentChange;
import clinic.scheduling.sandbox.canvas.patients.Patients;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** All appointments, and the rules for writing them. Callers must hold the lock of the instance. */
public final class Appointments {
  private final AppointmentIndex entries = new AppointmentIndex();
  private final Clock clock;
  private final Ids ids;
  private final AppointmentForm form;
  private final DoubleBooking doubleBooking;
  private final Consumer<AppointmentChange> changes;
  private final Patients patients;

  public Appointments(
      Clock clock,
      Ids ids,
      Directory directory,
      Patients patients,
      Toggles toggles,
      Consumer<AppointmentChange> changes) {
    this.clock = clock;
    this.ids = ids;
    this.patients = patients;
    this.form = new AppointmentForm(directory, patients, new Identifiers(ids, toggles));
    this.doubleBooking = new DoubleBooking(directory, toggles);
    this.changes = changes;
  }

  public Collection<AppointmentHistory> all() {
    return entries.all();
  }

  /** The appointments that the practitioner has or once had. */
  public Collection<AppointmentHistory> of(String practitioner) {
    return entries.of(practitioner);
  }

  Optional<AppointmentHistory> find(String id) {
    return entries.find(id);
  }

  Optional<AppointmentHistory> ofNote(String noteKey) {
    return all().stream()
        .filter(entry -> entry.noteKey().filter(noteKey::equals).isPresent())
        .findFirst();
  }

  /**
   * Adds an appointment.
   *
   * @throws FhirException 422 if a rule forbids it
   */
  AppointmentHistory create(ObjectNode body) {
    ObjectNode document = form.fill(body, Optional.empty(), today());
    requireFree(document, "");
    AppointmentHistory entry = add(document);
    announce(AppointmentChange.Kind.CREATED, entry, Optional.empty());
    return entry;
  }

  /**
   * Changes an appointment in place.
   *
   * @throws FhirException 422 if a rule forbids it
   */
  void update(AppointmentHistory entry, ObjectNode body) {
    AppointmentHistory.Version before = entry.now();
    ObjectNode document = form.fill(body, Optional.of(before.document()), today());
    AppointmentHistory.Version after =
        new AppointmentHistory.Version(
            clock.instant(),
            stamped(document, entry.id(), entry.noteKey()),
            before.note().after(document.path("status").asText()));
    if (!after.patient().equals(before.patient())) {
      throw FhirException.businessRule(
          "Cannot change patient for an existing appointment. Please cancel this appointment"
              + " and create a new one for the new patient.");
    }
    requireFree(document, entry.id());
    become(entry, after);
  }

  /** Changes only the status and the note state. */
  void restate(AppointmentHistory entry, String status, NoteState note) {
    ObjectNode document = entry.now().document().deepCopy().put("status", status);
    become(entry, new AppointmentHistory.Version(clock.instant(), document, note));
  }

  /** Adds a complete document that no FHIR create sent. Sends no notice. */
  AppointmentHistory add(ObjectNode document) {
    String id = ids.next("Appointment");
    NoteState note = NoteState.BKD.after(document.path("status").asText());
    boolean hasNote = document.path("participant").size() > 1;
    Optional<String> noteKey = hasNote ? Optional.of(ids.next("Note")) : Optional.empty();
    AppointmentHistory entry =
        new AppointmentHistory(
            id,
            noteKey,
            new AppointmentHistory.Version(clock.instant(), stamped(document, id, noteKey), note));
    entries.put(entry);
    return entry;
  }

  /** Replaces the document of an appointment. Sends no notice. */
  void replace(AppointmentHistory entry, ObjectNode document, NoteState note) {
    entry.become(new AppointmentHistory.Version(clock.instant(), document, note));
    entries.put(entry);
  }

  /** Removes all appointments. Sends no notice. */
  public void clear() {
    entries.clear();
  }

  void announce(
      AppointmentChange.Kind kind, AppointmentHistory entry, Optional<ObjectNode> original) {
    Optional<ObjectNode> patient = entry.now().patient().flatMap(patients::find);
    changes.accept(new AppointmentChange(kind, entry.now().document(), original, patient));
  }

  private void become(AppointmentHistory entry, AppointmentHistory.Version after) {
    NoteState before = entry.now().note();
    entry.become(after);
    entries.put(entry);
    AppointmentChange.Kind kind =
        after.note() == before ? AppointmentChange.Kind.UPDATED : after.note().change();
    announce(kind, entry, Optional.empty());
  }

  private void requireFree(ObjectNode document, String ownId) {
    AppointmentHistory.Version wanted =
        new AppointmentHistory.Version(clock.instant(), document, NoteState.BKD);
    if (wanted.isOnTheSchedule()
        && doubleBooking.isTaken(wanted, ownId, of(wanted.practitioner()))) {
      throw FhirException.businessRule("This appointment time is no longer available.");
    }
  }

  private static ObjectNode stamped(ObjectNode document, String id, Optional<String> noteKey) {
    document.put("id", id);
    noteKey.ifPresent(
        key ->
            document
                .putArray("extension")
                .addObject()
                .put("url", "http://schemas.canvasmedical.com/fhir/extensions/note-id")
                .put("valueId", key));
    return document;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
