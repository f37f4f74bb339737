package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.notices.AppointmentChange;
import java.util.Set;

/** The state of an appointment's note, by the codes of the Note API. */
enum NoteState {
  NEW,
  BKD,
  RVT,
  CVD,
  NSW,
  CLD,
  LKD,
  ULK,
  DLT;

  /** The state that follows this one when the appointment gets a FHIR status. */
  NoteState after(String status) {
    return switch (status) {
      case "cancelled" -> CLD;
      case "noshow" -> NSW;
      case "entered-in-error" -> DLT;
      case "arrived", "checked-in", "fulfilled" -> Set.of(LKD, ULK).contains(this) ? this : CVD;
      default -> this == RVT ? RVT : BKD;
    };
  }

  /** The kind of change when a note enters this state from another. */
  AppointmentChange.Kind change() {
    return switch (this) {
      case CLD -> AppointmentChange.Kind.CANCELED;
      case NSW -> AppointmentChange.Kind.NO_SHOWED;
      case CVD -> AppointmentChange.Kind.CHECKED_IN;
      case RVT -> AppointmentChange.Kind.RESTORED;
      case DLT -> AppointmentChange.Kind.DELETED;
      case NEW, BKD, LKD, ULK -> AppointmentChange.Kind.UPDATED;
    };
  }

  /** The states that the Note API can move to from this one. */
  boolean mayBecome(NoteState next) {
    return switch (next) {
      case NSW -> Set.of(BKD, RVT).contains(this);
      case CVD -> Set.of(BKD, NSW, RVT).contains(this);
      case LKD -> Set.of(ULK, NEW, CVD).contains(this);
      case ULK -> this == LKD;
      case NEW, BKD, RVT, CLD, DLT -> false;
    };
  }
}
