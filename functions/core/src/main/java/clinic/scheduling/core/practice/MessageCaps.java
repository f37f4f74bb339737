package clinic.scheduling.core.practice;

/**
 * The most messages of one day, so that no fault and nobody from outside can send without end. What
 * is beyond waits. A day is one of the first place of the practice.
 *
 * @param smsPerDay text messages to everybody together
 * @param emailsPerDay mails to everybody together
 * @param smsPerContactPerDay text messages to one number, of whatever kind
 * @param emailsPerContactPerDay mails to one address
 */
public record MessageCaps(
    int smsPerDay, int emailsPerDay, int smsPerContactPerDay, int emailsPerContactPerDay) {
  static final MessageCaps DEFAULT = new MessageCaps(2_000, 5_000, 10, 20);
}
