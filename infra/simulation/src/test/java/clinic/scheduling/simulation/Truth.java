package clinic.scheduling.simulation;

import clinic.scheduling.canvas.fhir.Appointment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The truth: every visit with its history, as Canvas stores it. */
final class Truth {
  final List<Visit> visits = new ArrayList<>();

  /** Those of the visits that are blocks of the mirror. */
  final List<Visit> blocks = new ArrayList<>();

  final Map<String, Document> documents = new LinkedHashMap<>();
  final Map<String, Visit> byRoot = new HashMap<>();
  final Map<Integer, Visit> byPatient = new HashMap<>();

  /** The clinician of the visit. */
  enum Kind {
    OF_PATIENT,
    BUSY_TIME,
    OUR_BLOCK
  }

  /**
   * One appointment as Canvas shows it now, and its former states.
   *
   * @param current whether no other appointment has replaced it
   * @param at when it changed last
   * @param everywhere when every read shows that change
   */
  record Document(
      Version version,
      boolean current,
      Appointment body,
      @Nullable Document before,
      long at,
      long everywhere) {}

  Document document(String appointment) {
    return Objects.requireNonNull(documents.get(appointment), appointment);
  }

  /** One state of a visit, and when it began. */
  record Version(
      Visit visit,
      int number,
      long at,
      String appointment,
      String status,
      long start,
      int minutes,
      int practitioner,
      int place,
      int type,
      int link,
      int reason) {

    long end() {
      return start + minutes * 60_000L;
    }

    boolean overlaps(long from, long to) {
      return start < to && from < end();
    }

    boolean isGone() {
      return status.equals("cancelled") || status.equals("entered-in-error");
    }

    boolean isOn() {
      return !isGone() && !status.equals("waitlist");
    }

    /** What the patient sees of this state; empty if that is not certain. */
    String view() {
      if (isGone()) {
        return "gone";
      }
      String where =
          type == SimulatedPractice.OFFICE
              ? "at " + place
              : type == SimulatedPractice.VIDEO ? "by " + link : "home";
      return isOn() ? start + "+" + minutes + " " + practitioner + " " + type + " " + where : "";
    }
  }

  /** One visit through all its moves. */
  static final class Visit {
    final int number;
    final Kind kind;

    /** Whether the visit was booked through us and the booking was answered with 201. */
    final boolean promised;

    final String patient;

    /** The block as the mirror has sent it last; null for a visit. */
    @Nullable Appointment block;

    final List<Version> versions = new ArrayList<>();

    /** The index of the first notice that has not been processed yet. */
    final List<NoticeSender.Notice> unsettled = new ArrayList<>();

    Visit(int number, Kind kind, boolean promised, String patient) {
      this.number = number;
      this.kind = kind;
      this.promised = promised;
      this.patient = patient;
    }

    String root() {
      return versions.get(0).appointment();
    }

    Version now() {
      return versions.get(versions.size() - 1);
    }
  }
}
