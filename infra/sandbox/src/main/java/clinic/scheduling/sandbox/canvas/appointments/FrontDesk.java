package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Interval;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.Issue;
import clinic.scheduling.sandbox.canvas.notices.AppointmentChange;
import clinic.scheduling.sandbox.canvas.patients.PatientSchema;
import clinic.scheduling.sandbox.canvas.patients.Patients;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What staff do in the Canvas user interface and FHIR cannot do. Subscribers get a notice as for
 * any other change.
 *
 * <p>Every method throws {@link IllegalArgumentException} for an unknown appointment and {@link
 * IllegalStateException} for a step that its state forbids.
 */
public final class FrontDesk {
  private final Object lock;
  private final Appointments appointments;
  private final LinkedCopies copies;
  private final Patients patients;
  private final Toggles toggles;

  public FrontDesk(
      Object lock,
      Appointments appointments,
      Directory directory,
      Patients patients,
      Toggles toggles) {
    this.lock = lock;
    this.appointments = appointments;
    this.copies = new LinkedCopies(directory, toggles);
    this.patients = patients;
    this.toggles = toggles;
  }

  /**
   * Books an appointment.
   *
   * @param body as for a FHIR create
   * @return the new id
   */
  public String book(ObjectNode body) {
    synchronized (lock) {
      List<Issue> issues = AppointmentSchema.ofCreate().faults(body);
      if (!issues.isEmpty()) {
        throw new IllegalArgumentException(issues.toString());
      }
      return refused(() -> appointments.create(body).id());
    }
  }

  /**
   * Reschedules as the Canvas user interface does: creates a new appointment, cancels the old one
   * and links both.
   *
   * @param end the new end; empty to keep the length
   * @param practitioner the new practitioner; empty to keep the old one
   * @return the id of the replacement
   */
  public String reschedule(
      String id, Instant start, Optional<Instant> end, Optional<String> practitioner) {
    synchronized (lock) {
      AppointmentHistory old = inState(id, NoteState.BKD, NoteState.RVT);
      Interval was = old.now().interval();
      Instant until = end.orElse(start.plus(Duration.between(was.start(), was.end())));
      ObjectNode document = copies.replacement(old, new Interval(start, until), practitioner);
      AppointmentHistory replacement = appointments.add(document);
      ObjectNode superseded = old.now().document().deepCopy().put("status", "cancelled");
      LinkedCopies.link(superseded, replacement.id(), "Rescheduled Replacement Appointment");
      appointments.replace(old, superseded, NoteState.CLD);
      appointments.announce(
          AppointmentChange.Kind.RESCHEDULED, replacement, Optional.of(old.now().document()));
      appointments.announce(AppointmentChange.Kind.SUPERSEDED, old, Optional.empty());
      return replacement.id();
    }
  }

  /**
   * Replaces the contact points of a patient, with the patient's consent to each.
   *
   * @param telecom all contact points, as in a FHIR Patient
   */
  public void contacts(String patient, ArrayNode telecom) {
    synchronized (lock) {
      List<Issue> issues = PatientSchema.CONTACTS.faults(telecom);
      if (!issues.isEmpty()) {
        throw new IllegalArgumentException(issues.toString());
      }
      patients.giveContacts(patient, telecom);
    }
  }

  public void cancel(String id) {
    move(id, "cancelled", NoteState.CLD, NoteState.BKD, NoteState.RVT);
  }

  /** Restores a cancelled, missed or checked-in appointment. */
  public void restore(String id) {
    move(id, "proposed", NoteState.RVT, NoteState.CLD, NoteState.NSW, NoteState.CVD);
  }

  public void checkIn(String id) {
    String status = toggles.text(Toggle.STATUS_ONCE_CHECKED_IN);
    move(id, status, NoteState.CVD, NoteState.BKD, NoteState.NSW, NoteState.RVT);
  }

  public void noShow(String id) {
    move(id, "noshow", NoteState.NSW, NoteState.BKD, NoteState.RVT);
  }

  /** Records that the patient has confirmed. */
  public void confirm(String id) {
    synchronized (lock) {
      AppointmentHistory entry = inState(id, NoteState.BKD, NoteState.RVT);
      appointments.restate(entry, "booked", entry.now().note());
    }
  }

  /** Sets a status that no other step can set, such as {@code waitlist}. */
  public void show(String id, String status) {
    synchronized (lock) {
      AppointmentHistory entry = find(id);
      appointments.restate(entry, status, entry.now().note().after(status));
    }
  }

  /** Deletes the appointment. Reads then return it as entered in error. */
  public void delete(String id) {
    synchronized (lock) {
      AppointmentHistory entry = find(id);
      appointments.restate(entry, "entered-in-error", NoteState.DLT);
    }
  }

  /**
   * Adds a linked appointment for a second practitioner.
   *
   * @return the new id
   */
  public String coSchedule(String id, String practitioner) {
    synchronized (lock) {
      AppointmentHistory first = inState(id, NoteState.BKD, NoteState.RVT);
      ObjectNode document = LinkedCopies.bare(first);
      copies.give(document, practitioner);
      LinkedCopies.link(document, id, "Co-scheduled Appointment");
      AppointmentHistory second = appointments.add(document);
      ObjectNode linked = first.now().document().deepCopy();
      LinkedCopies.link(linked, second.id(), "Co-scheduled Appointment");
      appointments.replace(first, linked, first.now().note());
      appointments.announce(AppointmentChange.Kind.CREATED, second, Optional.empty());
      appointments.announce(AppointmentChange.Kind.UPDATED, first, Optional.empty());
      return second.id();
    }
  }

  /** Sets the state of the note, and the appointment status that belongs to it. */
  void enter(AppointmentHistory entry, NoteState next) {
    String status =
        switch (next) {
          case NSW -> "noshow";
          case CVD -> toggles.text(Toggle.STATUS_ONCE_CHECKED_IN);
          case LKD -> "fulfilled";
          case CLD -> "cancelled";
          case NEW, BKD, RVT, ULK, DLT -> entry.now().status();
        };
    appointments.restate(entry, status, next);
  }

  private void move(String id, String status, NoteState next, NoteState... from) {
    synchronized (lock) {
      appointments.restate(inState(id, from), status, next);
    }
  }

  private AppointmentHistory inState(String id, NoteState... allowed) {
    AppointmentHistory entry = find(id);
    if (!List.of(allowed).contains(entry.now().note())) {
      throw new IllegalStateException(
          "the note is %s and must be one of %s".formatted(entry.now().note(), List.of(allowed)));
    }
    return entry;
  }

  private AppointmentHistory find(String id) {
    return appointments
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no appointment " + id));
  }

  private static String refused(Supplier<String> write) {
    try {
      return write.get();
    } catch (FhirException refusal) {
      throw new IllegalArgumentException(refusal.issues().toString(), refusal);
    }
  }
}
