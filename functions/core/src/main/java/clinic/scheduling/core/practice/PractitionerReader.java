package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Reads {@code practitioners} of the practice document. */
final class PractitionerReader {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

  private PractitionerReader() {}

  static Practitioner read(Fields who) {
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
            who.objects("licences", 0, 60, PractitionerReader::licence),
            who.objects("calendars", 0, 10, PractitionerReader::calendar),
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

  private static Practitioner.Licence licence(Fields licence) {
    Practitioner.Licence read =
        new Practitioner.Licence(
            FieldRules.state(licence),
            FieldRules.date(licence, "start"),
            FieldRules.date(licence, "end"));
    if (read.end().isBefore(read.start()) && !read.end().equals(LocalDate.MIN)) {
      licence.wrong("end", "must not be before start");
    }
    licence.end();
    return read;
  }

  private static CalendarBinding calendar(Fields calendar) {
    CalendarBinding read =
        new CalendarBinding(
            FieldRules.oneOf(
                calendar, "provider", Provider.values(), FieldRules::word, Provider.OUTLOOK),
            calendar.text(
                "address", 254, EMAIL.asMatchPredicate(), "must be the address of a mailbox"),
            FieldRules.oneOf(calendar, "policy", Policy.values(), FieldRules::word, Policy.BUSY),
            calendar.flag("baa", false),
            FieldRules.oneOf(
                calendar,
                "direction",
                Direction.values(),
                FieldRules::word,
                Direction.FROM_CANVAS));
    if (read.policy() == Policy.FULL && !read.baa()) {
      calendar.wrong("policy", "full needs \"baa\": true");
    }
    if (read.direction() != Direction.FROM_CANVAS) {
      // A way that changes nothing would let a clinic believe that its busy times are known.
      calendar.wrong(
          "direction", "must be from-canvas: nothing is taken from calendars into Canvas yet");
    }
    calendar.end();
    return read;
  }
}
