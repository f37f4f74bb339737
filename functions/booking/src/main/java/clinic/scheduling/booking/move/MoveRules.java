package clinic.scheduling.booking.move;

import clinic.scheduling.booking.meeting.MeetingCheck;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides to which slots a visit may be moved. */
@Singleton
class MoveRules {
  private final Practice practice;
  private final SignedTokens tokens;
  private final Clinicians clinicians;
  private final MeetingCheck meetings;
  private final BookingJournal journal;
  private final Clock clock;
  private final String system;

  MoveRules(
      Practice practice,
      SignedTokens tokens,
      Clinicians clinicians,
      MeetingCheck meetings,
      BookingJournal journal,
      Clock clock,
      IdentifierSystem system) {
    this.practice = practice;
    this.tokens = tokens;
    this.clinicians = clinicians;
    this.meetings = meetings;
    this.journal = journal;
    this.clock = clock;
    this.system = system.uri();
  }

  /**
   * Reads the body of {@code POST …/reschedule}.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if a field is wrong; it names
   *     every wrong field
   */
  OfferedSlot read(JsonNode json) {
    List<FieldError> errors = new ArrayList<>();
    Fields body = Fields.ofForm(json, errors);
    String slot = body.text("slot", 2048);
    body.end();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return OfferedSlot.read(slot, practice, tokens);
  }

  /** Why the visit cannot be moved to this slot; empty if it can. */
  Optional<ProblemType> objection(VisitThread thread, OfferedSlot slot) {
    if (slot.isNoLongerBookable(clock.instant())) {
      return Optional.of(ProblemType.SLOT_EXPIRED);
    }
    if (VisitTypes.of(thread.current(), practice).filter(slot.visit()::equals).isEmpty()) {
      return Optional.of(ProblemType.NOT_MOVABLE);
    }
    if (!isLicensed(thread, slot)) {
      return Optional.of(ProblemType.NOT_LICENSED);
    }
    return clinicians.isStillOffered(slot) && !meetings.findsMeetingAt(slot)
        ? Optional.empty()
        : Optional.of(ProblemType.SLOT_TAKEN);
  }

  /**
   * The state where the patient will be, as they named it when they booked. Empty if we have no
   * record of it.
   */
  Optional<String> careState(VisitThread thread) {
    return thread.bookingId(system).flatMap(journal::careState);
  }

  /**
   * Whether the clinician of the new slot has the licence that the visit needs. For a visit in
   * person, this is a licence of the clinic's state, otherwise of the state that the patient named
   * when booking.
   *
   * <p>If we do not know the patient's state, we compare the new clinician with the current
   * clinician. The new clinician must be licensed, on the new day, in every state in which the
   * current clinician is licensed on the current day of the visit.
   */
  private boolean isLicensed(VisitThread thread, OfferedSlot slot) {
    Licences licences = clinicians.licences(slot.practitioner());
    ZoneId zone = slot.place().zone();
    boolean atClinic = slot.visit().modality().atClinic();
    Optional<String> state = atClinic ? slot.place().state() : careState(thread);
    if (state.isPresent() || atClinic) {
      return state.map(where -> licences.allows(where, slot.slot().time(), zone)).orElse(false);
    }
    Set<String> currentStates = licensedStates(thread);
    return !currentStates.isEmpty()
        && new HashSet<>(licences.states(dayOf(slot.slot().start(), zone)))
            .containsAll(currentStates);
  }

  private Set<String> licensedStates(VisitThread thread) {
    ZoneId zone =
        thread
            .current()
            .location()
            .flatMap(practice::locationByCanvasId)
            .map(Location::zone)
            .orElse(ZoneId.of("UTC"));
    LocalDate day = dayOf(Visits.timeOf(thread).start(), zone);
    return thread
        .current()
        .practitioner()
        .flatMap(practice::practitionerByCanvasId)
        .map(who -> Set.copyOf(clinicians.licences(who).states(day)))
        .orElse(Set.of());
  }

  private static LocalDate dayOf(Instant instant, ZoneId zone) {
    return LocalDate.ofInstant(instant, zone);
  }
}
