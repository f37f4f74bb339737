package clinic.scheduling.calendars.effect;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;

/**
 * Where a calendar is.
 *
 * @param key of the binding, for ledger and log
 */
record Mailbox(String key, Provider provider, String address) {

  static Mailbox of(CalendarBinding binding) {
    return new Mailbox(binding.key(), binding.provider(), binding.address());
  }
}
