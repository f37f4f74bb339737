package clinic.scheduling.core.invite;

import clinic.scheduling.core.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One visit as an iCalendar object (RFC 5545, RFC 5546). Times are UTC, so no VTIMEZONE is needed
 * and daylight saving cannot be read wrongly. The same visit keeps its UID for life; a higher
 * SEQUENCE replaces what a calendar already holds.
 *
 * @param sequence rises with every change that the patient sees, and on cancellation
 * @param stamp when this message was made; differs between any two messages
 * @param organizer the address that the e-mail comes from
 * @param attendee the patient's address; absent in a file that is fetched
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

  /** What a calendar is to do with it (RFC 5546 section 1.4). */
  public enum Method {
    REQUEST,
    PUBLISH,
    CANCEL
  }

  /** The UID of a visit, made from the id of the first appointment of its thread. */
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
