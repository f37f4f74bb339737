package clinic.scheduling.core.practice;

import java.time.Duration;
import java.util.List;

/**
 * One of the reminders that every visit gets.
 *
 * @param id the id of the reminder, which is part of the keys of its messages and must never change
 * @param before how long before the start of the visit the reminder is due; whole days are counted
 *     on the local calendar, so the reminder keeps the time of day if the clocks change in between
 * @param channel {@code email} or {@code sms}
 * @param afterNews a length of time that ends when the reminder is due; the reminder is skipped if
 *     the patient was told something about the visit during this time or later
 * @param asksToConfirm whether the reminder asks patients to confirm if they have not confirmed yet
 * @param onlyIfUnconfirmed whether the reminder is skipped if the patient has confirmed
 */
public record ReminderStep(
    String id,
    Duration before,
    String channel,
    Duration afterNews,
    boolean asksToConfirm,
    boolean onlyIfUnconfirmed) {

  /**
   * The default reminders:
   *
   * <ul>
   *   <li>an e-mail a week before the visit, if it was booked at least ten days ahead
   *   <li>an SMS two days before the visit, which asks the patient to confirm
   *   <li>an SMS two hours before the visit, if the patient has not confirmed
   * </ul>
   */
  public static List<ReminderStep> defaults() {
    return List.of(
        new ReminderStep("week", Duration.ofDays(7), "email", Duration.ofDays(3), false, false),
        new ReminderStep("confirm", Duration.ofDays(2), "sms", Duration.ofHours(4), true, false),
        new ReminderStep("soon", Duration.ofHours(2), "sms", Duration.ofHours(4), false, true));
  }
}
