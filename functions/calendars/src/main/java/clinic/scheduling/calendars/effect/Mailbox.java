package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;

/**
 * The mailbox behind a calendar.
 *
 * @param key the key of the calendar, which names the mailbox in ledger and log
 */
record Mailbox(String key, Provider provider, String address) {

  static Mailbox of(CalendarBinding binding) {
    return new Mailbox(binding.key(), binding.provider(), binding.address());
  }

  /**
   * The partition of the rows about the mailbox itself. The rows about its entries are in the
   * partitions of their visits.
   */
  static String partition(String key) {
    return MailboxPauses.partition(key);
  }

  static RowKey row(String key, String name) {
    return new RowKey(partition(key), name);
  }
}
