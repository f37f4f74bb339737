package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.time.LocalDate;
import java.util.List;

/**
 * A clinician in the practice document.
 *
 * @param canvasId the Canvas staff key (docs/facts/canvas.md 2.1)
 * @param visitTypes ids of the visit types that the clinician offers; empty means all
 * @param licences the clinician's licences in addition to those in Canvas
 */
public record Practitioner(
    String id,
    String canvasId,
    String name,
    List<String> specialties,
    List<Licence> licences,
    List<CalendarBinding> calendars,
    List<String> visitTypes) {

  public boolean offers(String visitType) {
    return visitTypes.isEmpty() || visitTypes.contains(visitType);
  }

  /** A licence to treat patients in a state, valid from start to end, both inclusive. */
  public record Licence(String state, LocalDate start, LocalDate end) {}

  /**
   * Reads one of {@code practitioners} of the practice document.
   *
   * @param meetings the rules for meetings that the practice document has for all calendars
   */
  static Practitioner read(Fields who, Meetings meetings) {
    Practitioner read =
        new Practitioner(
            FieldRules.id(who),
            who.text(
                "canvasId", 64, FieldRules.ID.asMatchPredicate(), "must be a Canvas staff key"),
            who.text("name", FieldRules.NAME),
            who.texts(
                "specialties",
                0,
                20,
                FieldRules.ID.asMatchPredicate(),
                "must be a word like family-medicine"),
            who.objects("licences", 0, 60, Practitioner::licence),
            who.objects("calendars", 0, 10, calendar -> CalendarBinding.read(calendar, meetings)),
            who.texts(
                "visitTypes",
                0,
                100,
                FieldRules.ID.asMatchPredicate(),
                "must be the id of a visit type"));
    if (read.calendars().stream().map(CalendarBinding::key).distinct().count()
        < read.calendars().size()) {
      who.wrong("calendars", "must name each calendar once");
    }
    who.end();
    return read;
  }

  private static Licence licence(Fields licence) {
    Licence read =
        new Licence(
            FieldRules.state(licence),
            FieldRules.date(licence, "start"),
            FieldRules.date(licence, "end"));
    if (read.end().isBefore(read.start()) && !read.end().equals(LocalDate.MIN)) {
      licence.wrong("end", "must not be before start");
    }
    licence.end();
    return read;
  }
}
