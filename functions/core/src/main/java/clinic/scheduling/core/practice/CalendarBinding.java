package clinic.scheduling.core.practice;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.json.Fields;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A calendar of a clinician, and how much of a visit its entries show.
 *
 * @param address the e-mail address of the mailbox with the calendar
 * @param baa whether a business associate agreement allows patient data in the calendar (45 CFR
 *     164.502(e))
 * @param meetings which meetings of this calendar block time in Canvas; used only if the direction
 *     is to Canvas or both
 */
public record CalendarBinding(
    Provider provider,
    String address,
    Policy policy,
    boolean baa,
    Direction direction,
    Meetings meetings) {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

  /** The provider of the calendar. */
  public enum Provider {
    OUTLOOK,
    GOOGLE
  }

  /** How much of a visit an entry shows. */
  public enum Policy {
    BUSY,
    INITIALS,
    FULL
  }

  /** The direction in which changes are copied. */
  public enum Direction {
    FROM_CANVAS,
    TO_CANVAS,
    BOTH
  }

  public boolean takesFromCanvas() {
    return direction != Direction.TO_CANVAS;
  }

  /** Whether the meetings of this calendar block time in Canvas. */
  public boolean blocksCanvas() {
    return direction != Direction.FROM_CANVAS;
  }

  /** The provider's name in queue messages and keys: {@code outlook} or {@code google}. */
  public String providerName() {
    return provider.name().toLowerCase(Locale.ROOT);
  }

  /** A name for rows and logs that does not reveal the mailbox. */
  public String key() {
    String name = providerName();
    return name + "-" + Digest.of(name, address.toLowerCase(Locale.ROOT)).substring(0, 12);
  }

  /**
   * Reads one of the {@code calendars} of a practitioner.
   *
   * @param meetings the rules for meetings that the practice document has for all calendars
   */
  static CalendarBinding read(Fields calendar, Meetings meetings) {
    CalendarBinding read =
        new CalendarBinding(
            FieldRules.oneOf(
                calendar, "provider", Provider.values(), FieldRules::word, Provider.OUTLOOK),
            calendar.text(
                "address", 254, EMAIL.asMatchPredicate(), "must be the address of a mailbox"),
            FieldRules.oneOf(calendar, "policy", Policy.values(), FieldRules::word, Policy.BUSY),
            calendar.flag("baa", false),
            FieldRules.oneOf(
                calendar, "direction", Direction.values(), FieldRules::word, Direction.FROM_CANVAS),
            calendar
                .optionalObject("meetings", group -> Meetings.read(group, meetings))
                .orElse(meetings));
    if (read.policy() == Policy.FULL && !read.baa()) {
      calendar.wrong("policy", "full needs \"baa\": true");
    }
    if (read.blocksCanvas() && read.meetings().eventType().isEmpty()) {
      calendar.wrong(
          "direction",
          "needs meetings.eventType, the Canvas event type of the appointments that block time");
    }
    calendar.end();
    return read;
  }
}
