package clinic.scheduling.core.invite;

import clinic.scheduling.core.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One visit as an iCalendar object (RFC 5545, RFC 5546). Times are in UTC, so the object needs no
 * VTIMEZONE and no calendar program can misread daylight saving. All objects of a visit have the
 * same UID. A calendar program replaces its event by an object with a higher SEQUENCE.
 *
 * @param sequence a number that rises with every change that the patient sees, and on cancellation
 * @param stamp when this object was made
 * @param organizer the address that the e-mail comes from
 * @param attendee the patient's address; empty in a file that is downloaded
 */
public record Invite(
    Method method,
    String uid,
    int sequence,
    Instant stamp,
    Instant start,
    Instant end,
    String summary,
    String description,
    String location,
    String organizerName,
    String organizer,
    Optional<String> attendee) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** What the calendar program does with the object (RFC 5546 section 1.4). */
  public enum Method {
    REQUEST,
    PUBLISH,
    CANCEL
  }

  /** The UID of a visit, derived from the id of its first appointment. */
  public static String uidOf(String rootAppointment) {
    return Digest.of("uid", rootAppointment) + "@external-scheduling";
  }

  /** The whole object with CRLF line ends, folded at 75 octets. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("BEGIN:VCALENDAR");
    lines.add("PRODID:-//External Scheduling//EN");
    lines.add("VERSION:2.0");
    lines.add("CALSCALE:GREGORIAN");
    lines.add("METHOD:" + method);
    lines.add("BEGIN:VEVENT");
    lines.add("UID:" + uid);
    lines.add("SEQUENCE:" + sequence);
    lines.add("DTSTAMP:" + UTC.format(stamp));
    lines.add("DTSTART:" + UTC.format(start));
    lines.add("DTEND:" + UTC.format(end));
    lines.add("SUMMARY:" + Lines.escaped(summary));
    lines.add("DESCRIPTION:" + Lines.escaped(description));
    lines.add("LOCATION:" + Lines.escaped(location));
    lines.add("STATUS:" + (method == Method.CANCEL ? "CANCELLED" : "CONFIRMED"));
    lines.add("TRANSP:OPAQUE");
    lines.add("CLASS:PRIVATE");
    lines.add("ORGANIZER;CN=" + Lines.quoted(organizerName) + ":mailto:" + Lines.bare(organizer));
    attendee.ifPresent(
        address ->
            lines.add(
                "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:"
                    + Lines.bare(address)));
    lines.add("END:VEVENT");
    lines.add("END:VCALENDAR");
    return Lines.folded(lines);
  }
}
