package clinic.scheduling.confirmations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a message reaches a patient. */
enum Channel {
  EMAIL,
  SMS;

  /** The word of the practice document and of ledger rows. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<Channel> of(List<String> words) {
    return Arrays.stream(values()).filter(channel -> words.contains(channel.word())).toList();
  }
}
