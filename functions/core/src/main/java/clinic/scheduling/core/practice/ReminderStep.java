package clinic.scheduling.core.practice;

import java.time.Duration;
import java.util.List;

/**
 * One reminder of every visit.
 *
 * @param id names it for good; part of the names of its messages
 * @param before how long before the start it is due; whole days are days of the calendar, so that
 *     it comes at the hour of the visit whatever the clocks did in between
 * @param channel {@code email} or {@code sms}
 * @param afterNews it is left out if the patient was told about the visit less than this before it
 *     is due, or later
 * @param asksToConfirm whether it asks a patient who has not confirmed to do so
 * @param onlyIfUnconfirmed whether a patient who has confirmed is left in peace
 */
public record ReminderStep(
    String id,
    Duration before,
    String channel,
    Duration afterNews,
    boolean asksToConfirm,
    boolean onlyIfUnconfirmed) {

  /**
   * What is done where the practice says nothing: an e-mail a week before a visit that was booked
   * ten days ahead or more, an SMS 48 hours before that asks to confirm, and one two hours before
   * if the patient has not.
   */
  public static List<ReminderStep> usual() {
    return List.of(
        new ReminderStep("week", Duration.ofDays(7), "email", Duration.ofDays(3), false, false),
        new ReminderStep("confirm", Duration.ofDays(2), "sms", Duration.ofHours(4), true, false),
        new ReminderStep("soon", Duration.ofHours(2), "sms", Duration.ofHours(4), false, true));
  }
}
