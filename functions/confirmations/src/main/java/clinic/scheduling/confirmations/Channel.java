package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.ReminderStep;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

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

  /**
   * Those on which somebody can be reminded by a step, its own first. None takes its place on which
   * another step of the practice reminds at the same moment: nobody is told twice.
   */
  static List<Channel> of(ReminderStep step, List<ReminderStep> steps, List<Channel> channels) {
    return channels.stream()
        .filter(channel -> channel != CHART)
        .filter(channel -> channel.isOf(step) || steps.stream().noneMatch(channel.at(step)))
        .sorted(Comparator.comparing(channel -> !channel.isOf(step)))
        .toList();
  }

  private boolean isOf(ReminderStep step) {
    return word().equals(step.channel());
  }

  private Predicate<ReminderStep> at(ReminderStep step) {
    return other -> isOf(other) && other.before().equals(step.before());
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
