package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.util.List;

/**
 * The choices of the practice about which visits have calendar entries.
 *
 * @param noShow whether the entry of a missed visit stays
 * @param checkedIn whether the entry stays once the patient has been led to a room
 * @param restored whether a cancelled visit gets an entry again when staff restore it
 */
public record EntryRules(boolean noShow, boolean checkedIn, boolean restored) {
  public static final EntryRules DEFAULT = new EntryRules(true, true, true);
  private static final String KEEP = "keep";
  private static final List<String> WORDS = List.of(KEEP, "remove");

  /** Reads {@code calendarEntries} of the practice document. */
  static EntryRules read(Fields rules) {
    EntryRules read =
        new EntryRules(keeps(rules, "noShow"), keeps(rules, "checkedIn"), keeps(rules, "restored"));
    rules.end();
    return read;
  }

  private static boolean keeps(Fields rules, String name) {
    return rules
        .optionalText(name, 10, WORDS::contains, "must be keep or remove")
        .map(KEEP::equals)
        .orElse(true);
  }
}
