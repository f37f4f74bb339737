package clinic.scheduling.mirror;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules by which blocks follow from the meetings of a clinician: a digest for each calendar.
 *
 * @param digests by the key of the calendar, in the order of the practice document
 */
record BlockRules(List<String> digests) {
  private static final String IS = "=";

  static BlockRules of(List<CalendarBinding> bindings, Practice practice) {
    return new BlockRules(
        bindings.stream()
            .map(
                binding ->
                    binding.key()
                        + IS
                        + Digest.of(
                            binding.meetings().toString(),
                            practice.zoneOfMeetings(binding).getId()))
            .toList());
  }

  /** The form in which a row holds the rules. */
  String text() {
    return String.join(" ", digests);
  }

  /** Whether a calendar that had rules then has others now. */
  boolean haveChangedSince(String text) {
    Map<String, String> before = byCalendar(text);
    return byCalendar(text()).entrySet().stream()
        .anyMatch(now -> !before.getOrDefault(now.getKey(), now.getValue()).equals(now.getValue()));
  }

  private static Map<String, String> byCalendar(String text) {
    return Arrays.stream(text.split(" ", -1))
        .map(one -> one.split(IS, 2))
        .filter(one -> one.length == 2)
        .collect(Collectors.toMap(one -> one[0], one -> one[1], (a, b) -> b, TreeMap::new));
  }
}
