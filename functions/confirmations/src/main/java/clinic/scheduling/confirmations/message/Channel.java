package clinic.scheduling.confirmations.message;

import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.ReminderStep;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The way in which a message reaches a patient. */
public enum Channel {
  EMAIL,
  SMS,
  /** A message in the Canvas chart and the patient's app. It notifies nobody. */
  CHART;

  /** The spelling used in the practice document, in ledger rows and in the log. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The channels on which a patient can be reminded for a step. The step's own channel comes first.
   * A channel is left out if another step reminds on it at the same time, so that nobody is
   * reminded twice.
   *
   * @param steps all reminder steps of the practice
   * @param channels the channels on which the practice sends messages
   */
  public static List<Channel> of(
      ReminderStep step, List<ReminderStep> steps, List<Channel> channels) {
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

  /** The channels on which the practice tells patients about changes. */
  public static List<Channel> of(Messages messages) {
    return Arrays.stream(values())
        .filter(
            channel ->
                channel == CHART ? messages.chart() : messages.channels().contains(channel.word()))
        .toList();
  }
}
