package clinic.scheduling.benchmark;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be measured on its own. */
enum Part {
  LOOKUP,
  COMPUTE,
  LOAD,
  MEMORY,
  BOOKING,
  RUSH,
  NOTICE,
  NOTICES,
  DRAIN,
  MESSAGES,
  REMINDERS;

  static Optional<Part> of(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Measurement measurement(Settings settings, Clock clock) {
    return switch (this) {
      case LOOKUP -> new LookupTime(settings, clock);
      case COMPUTE -> new Computation(settings);
      case LOAD -> new Load(settings, clock);
      case MEMORY -> new Memory(settings, clock);
      case BOOKING -> new BookingTime(settings, clock);
      case RUSH -> new Rush(settings, clock);
      case NOTICE -> new NoticeTime(settings, clock);
      case NOTICES -> new NoticeRate(settings, clock);
      case DRAIN -> new Drain(settings, clock);
      case MESSAGES -> new MessageRate(settings, clock);
      case REMINDERS -> new ReminderScan(settings, clock);
    };
  }
}
