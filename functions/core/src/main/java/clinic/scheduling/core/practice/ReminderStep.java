package clinic.scheduling.core.practice;

import java.time.Duration;
import java.util.List;

/**
 * One of the reminders that every visit gets.
 *
 * @param id part of the keys of its messages; must never change
 * @param before how long before the start it is due; whole days count on the local calendar, so
 *     daylight saving does not shift it
 * @param channel {@code email} or {@code sms}
 * @param afterNews the reminder is skipped if the patient got another message about the visit less
 *     than this time before the due time, or after it
 * @param asksToConfirm whether it asks patients who have not confirmed to do so
 * @param onlyIfUnconfirmed whether it is skipped if the patient has confirmed
 */
public record ReminderStep(
    String id,
    Duration before,
    String channel,
    Duration afterNews,
    boolean asksToConfirm,
    boolean onlyIfUnconfirmed) {

  /**
   * The default: an e-mail a week before a visit that was booked at least ten days ahead, an SMS 48
   * hours before that asks to confirm, and another two hours before if the patient has not.
   */
  public static List<ReminderStep> defaults() {
    return List.of(
        new ReminderStep("week", Duration.ofDays(7), "email", Duration.ofDays(3), false, false),
        new ReminderStep("confirm", Duration.ofDays(2), "sms", Duration.ofHours(4), true, false),
        new ReminderStep("soon", Duration.ofHours(2), "sms", Duration.ofHours(4), false, true));
  }
}
