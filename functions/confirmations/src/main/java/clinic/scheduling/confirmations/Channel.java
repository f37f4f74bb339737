package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.Messages;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How a message reaches a patient. */
enum Channel {
  EMAIL,
  SMS,
  /** The chart in Canvas and the patient's app; nobody is woken by it. */
  CHART;

  /** The word of the practice document and of ledger rows. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those on which somebody can be reminded, the one of the step first. */
  static List<Channel> from(String first, List<Channel> channels) {
    return channels.stream()
        .filter(channel -> channel != CHART)
        .sorted(Comparator.comparing(channel -> !channel.word().equals(first)))
        .toList();
  }

  /** Those of the practice for changes. */
  static List<Channel> of(Messages messages) {
    return Arrays.stream(values())
        .filter(
            channel ->
                channel == CHART ? messages.chart() : messages.channels().contains(channel.word()))
        .toList();
  }
}
