package clinic.scheduling.core.practice;

import clinic.scheduling.core.contact.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which messages go to patients, when, in which words and from whom.
 *
 * @param channels {@code email}, {@code sms}; a patient's consent decides among them
 * @param languages those that messages are written in; the first is the default
 * @param from the sender of e-mail; empty for {@code appointments@} the host of the public address
 * @param practitionerName whether messages name the clinician
 * @param reminders the cadence, if Canvas does not remind patients itself
 * @param canvasReminders whether it does
 * @param silent words of changes that patients are not told
 * @param settleSeconds how long a change by the clinic is left to settle, so that two moves in a
 *     row are told as one
 * @param smsPerDay text messages to one number in one day of the patient
 * @param smsPerWeek text messages to one number in seven days
 * @param smsCountryCodes countries whose numbers are texted, by their ITU-T E.164 country code
 * @param smsReplies whether replies to text messages come back to this system, so that a patient
 *     can confirm by one
 * @param chart whether each message is noted in the patient's chart as well
 * @param texts wordings of the practice, by language
 * @param caps the most messages of one day
 */
public record Messages(
    List<String> channels,
    List<String> languages,
    Optional<String> from,
    boolean practitionerName,
    List<ReminderStep> reminders,
    boolean canvasReminders,
    List<String> silent,
    int settleSeconds,
    QuietHours quietHours,
    int smsPerDay,
    int smsPerWeek,
    List<Integer> smsCountryCodes,
    boolean smsReplies,
    boolean chart,
    Map<String, Map<MessageText, String>> texts,
    MessageCaps caps) {

  /** Whether text messages go to this number, if its owner agrees. */
  public boolean areTextedTo(PhoneNumber number) {
    return smsCountryCodes.contains(number.countryCode());
  }

  /** The reminders that are sent: none where Canvas sends its own. */
  public List<ReminderStep> activeReminders() {
    return canvasReminders ? List.of() : reminders;
  }
}
