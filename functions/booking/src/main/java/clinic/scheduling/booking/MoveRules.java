package clinic.scheduling.booking;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which moves are possible. */
@Singleton
class MoveRules {
  private final Practice practice;
  private final OfferedSlots offered;
  private final SlotChecks checks;
  private final Clinicians clinicians;
  private final AppointmentAnswer answer;
  private final CareStates states;

  MoveRules(
      Practice practice,
      OfferedSlots offered,
      SlotChecks checks,
      Clinicians clinicians,
      AppointmentAnswer answer,
      CareStates states) {
    this.practice = practice;
    this.offered = offered;
    this.checks = checks;
    this.clinicians = clinicians;
    this.answer = answer;
    this.states = states;
  }

  /**
   * Reads the body of {@code POST …/reschedule}.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException naming every wrong field
   */
  OfferedSlot read(JsonNode json) {
    List<FieldError> errors = new ArrayList<>();
    Fields body = Fields.ofForm(json, errors);
    String slot = body.text("slot", 2048);
    body.end();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return offered.read(slot);
  }

  /** Why this visit cannot go there. */
  Optional<ProblemType> objection(VisitThread thread, OfferedSlot move) {
    if (checks.isTooLate(move)) {
      return Optional.of(ProblemType.SLOT_EXPIRED);
    }
    if (answer.visitOf(thread.current()).filter(move.visit()::equals).isEmpty()) {
      return Optional.of(ProblemType.NOT_MOVABLE);
    }
    if (!isLicensed(thread, move)) {
      return Optional.of(ProblemType.NOT_LICENSED);
    }
    return checks.isStillFree(move.slot(), move.place())
        ? Optional.empty()
        : Optional.of(ProblemType.SLOT_TAKEN);
  }

  /**
   * In person the clinic's state counts, elsewhere the one that the patient named when booking.
   * Where that is not known, the licences of the new day must cover every state in which the visit
   * was allowed before.
   */
  private boolean isLicensed(VisitThread thread, OfferedSlot move) {
    Licences licences = clinicians.licences(move.practitioner());
    LocalDate day = dayOf(move.slot().start(), move.place().zone());
    Optional<String> state =
        move.visit().modality().atClinic() ? move.place().state() : states.of(thread);
    if (state.isPresent() || move.visit().modality().atClinic()) {
      return state
          .map(where -> licences.allow(where, move.slot().time(), move.place().zone()))
          .orElse(false);
    }
    Set<String> before = statesOf(thread);
    return !before.isEmpty() && new HashSet<>(licences.states(day)).containsAll(before);
  }

  private Set<String> statesOf(VisitThread thread) {
    ZoneId zone =
        thread
            .current()
            .location()
            .flatMap(practice::locationByCanvasId)
            .map(Location::zone)
            .orElse(ZoneId.of("UTC"));
    LocalDate day = dayOf(AppointmentAnswer.timeOf(thread).start(), zone);
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
