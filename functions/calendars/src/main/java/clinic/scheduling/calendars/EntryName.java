package clinic.scheduling.calendars;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.Digest;
import java.util.UUID;

/**
 * The name of one entry in one calendar. We choose the name before we create the entry, so that a
 * retry after a lost answer finds the entry. For Google the name becomes the event id ({@code
 * docs/facts/google.md} 2). For Outlook it becomes the {@code transactionId} and the stamp ({@code
 * docs/facts/outlook.md} 2).
 *
 * @param root the id of the visit's first appointment
 * @param binding the key of the calendar
 * @param generation the number of the entry; rises when an entry is removed or found deleted, so
 *     that the next entry gets a new name
 */
public record EntryName(String root, String binding, int generation) {

  /** The id of the Google event: lower-case hexadecimal is legal base32hex. */
  public String googleId() {
    return Digest.of("calendar-entry", root, binding, Integer.toString(generation));
  }

  /** The {@code transactionId}, by which Graph recognises a repeated create. */
  public String transactionId() {
    String hex = googleId();
    return new UUID(
            Long.parseUnsignedLong(hex.substring(0, 16), 16),
            Long.parseUnsignedLong(hex.substring(16), 16))
        .toString();
  }

  /** The text of our stamp in the entry. */
  public String stamp() {
    return new EntryStamp(root, generation).text();
  }

  public EntryName next() {
    return new EntryName(root, binding, generation + 1);
  }
}
