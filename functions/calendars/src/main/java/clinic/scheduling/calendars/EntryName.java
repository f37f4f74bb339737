package clinic.scheduling.calendars;

import clinic.scheduling.core.Digest;
import java.util.UUID;

/**
 * The name of one entry of one calendar, chosen before it is made.
 *
 * @param root the first appointment of the thread
 * @param binding the key of the calendar
 * @param generation rises when an entry that was taken away is made anew
 */
public record EntryName(String root, String binding, int generation) {

  /** The Google event id: lower-case hexadecimal is legal base32hex. */
  public String googleId() {
    return Digest.of("calendar-entry", root, binding, Integer.toString(generation));
  }

  /** Graph's {@code transactionId}, by which it drops a repeated create. */
  public String transactionId() {
    String hex = googleId();
    return new UUID(
            Long.parseUnsignedLong(hex.substring(0, 16), 16),
            Long.parseUnsignedLong(hex.substring(16), 16))
        .toString();
  }

  /** What our stamp in the entry says. */
  public String stamp() {
    return new EntryStamp(root, generation).text();
  }

  public EntryName next() {
    return new EntryName(root, binding, generation + 1);
  }
}
