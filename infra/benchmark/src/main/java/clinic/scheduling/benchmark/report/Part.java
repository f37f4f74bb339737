package clinic.scheduling.benchmark.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of the benchmark that can be run on its own. */
public enum Part {
  LOOKUP,
  COMPUTE,
  LOAD,
  MEMORY,
  BOOKING,
  RUSH,
  NOTICE,
  NOTICES,
  DRAIN,
  MEETING,
  MEETINGS,
  MEETINGS_RACE,
  MESSAGES,
  REMINDERS;

  static Optional<Part> of(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
