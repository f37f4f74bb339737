package clinic.scheduling.sandbox.canvas;

import java.util.List;
import java.util.Optional;

/**
 * Behaviour that an instance configures or that Canvas does not document. The initial value follows
 * the documentation or, where that says nothing, is the hardest case for a client.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum Toggle {
  DOUBLE_BOOKING("doubleBooking", true, "two appointments of a practitioner may overlap"),
  OTHER_TEXT_400("otherText400", false, "the text of the errors page for a general 400"),
  OTHER_TEXT_412("otherText412", false, "the text of the errors page for 412"),
  ERROR_ID("errorId", false, "OperationOutcome.id is 101, as in some examples"),
  SCHEDULE_TOTAL_EXTRA("scheduleTotalExtra", 0, "Schedule total is larger than its entries by"),
  SLOT_STEP_MINUTES("slotStepMinutes", 0, "minutes between slot starts; 0 is the duration"),
  SLOT_LAG_SECONDS("slotLagSeconds", 0, "slots show appointments as they were so long ago"),
  SLOT_MAX_DAYS("slotMaxDays", 0, "a slot search over more days is 400; 0 is no limit"),
  SLOT_DAYS_IN("slotDaysIn", "start and end of a slot search are days of", "local", "utc"),
  CANCELLED_BLOCKS_SLOT("cancelledBlocksSlot", false, "a cancelled appointment still hides slots"),
  NO_SHOW_BLOCKS_SLOT("noShowBlocksSlot", false, "a no-show still hides slots"),
  BUSY_BLOCKS("busyBlocks", true, "busy blocks of the Google beta hide slots and refuse bookings"),
  READ_LAG_SECONDS("readLagSeconds", 0, "reads show an appointment as it was so long ago"),
  WRITE_BODY("writeBody", "body of a successful write", "empty", "null"),
  LOCATION_BASE("locationBase", "base of Location headers; empty is this server's own address"),
  LOCATION_HISTORY("locationHistory", false, "Location ends in /_history/1"),
  LOCATION_RELATIVE("locationRelative", false, "Location is relative"),
  LOCATION_ON_UPDATE("locationOnUpdate", true, "updates answer with a Location too"),
  UPDATE_OF_CANCELLED(
      "updateOfCancelled", "a PUT on a cancelled appointment is", "refused", "allowed"),
  PUT_WITHOUT_IDENTIFIERS(
      "putWithoutIdentifiers", "a PUT without identifier makes Canvas", "keep", "delete"),
  IDENTIFIER_USE_IGNORED("identifierUseIgnored", false, "the use of an identifier is always usual"),
  STATUS_ONCE_CHECKED_IN(
      "statusOnceCheckedIn", "status after a check-in by staff", "arrived", "checked-in"),
  RESCHEDULE_KEEPS_IDENTIFIERS(
      "rescheduleKeepsIdentifiers", false, "a staff reschedule copies the identifiers"),
  RESCHEDULE_KEEPS_STATUS("rescheduleKeepsStatus", false, "a staff reschedule copies the status"),
  CONSENT_UNASKED(
      "consentUnasked", "has-consent of a contact point that came without it", "false", "absent"),
  ANSWER_AFTER_MS("answerAfterMs", 0, "no answer but a token before its call is so old");

  private final String key;
  private final Object initial;
  private final String description;
  private final List<String> choices;

  Toggle(String key, boolean initial, String description) {
    this(key, initial, description, List.of());
  }

  Toggle(String key, int initial, String description) {
    this(key, initial, description, List.of());
  }

  Toggle(String key, String description, String... choices) {
    this(key, choices.length == 0 ? "" : choices[0], description, List.of(choices));
  }

  Toggle(String key, Object initial, String description, List<String> choices) {
    this.key = key;
    this.initial = initial;
    this.description = description;
    this.choices = choices;
  }

  /** Its name in the control interface. */
  public String key() {
    return key;
  }

  public Object initial() {
    return initial;
  }

  public String description() {
    return description;
  }

  /** The values that a text toggle accepts; empty if it accepts any. */
  public List<String> choices() {
    return choices;
  }

  public static Optional<Toggle> named(String key) {
    return List.of(values()).stream().filter(toggle -> toggle.key.equals(key)).findFirst();
  }

  /** What is wrong with a value; empty if nothing is. */
  public Optional<String> complaint(Object value) {
    if (!initial.getClass().isInstance(value)) {
      return Optional.of(key + " must be a " + initial.getClass().getSimpleName());
    }
    if (value instanceof Integer number && number < 0) {
      return Optional.of(key + " must not be negative");
    }
    if (value instanceof String text && !choices.isEmpty() && !choices.contains(text)) {
      return Optional.of(key + " must be one of " + choices);
    }
    return Optional.empty();
  }
}
