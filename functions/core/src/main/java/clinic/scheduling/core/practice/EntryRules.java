package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.util.List;

/**
 * Which visits stand in calendars where the practice may choose.
 *
 * @param noShow whether a visit to which the patient did not come stays
 * @param checkedIn whether a visit stays once the patient has been roomed
 * @param restored whether a visit comes back whose entry was taken away when it was cancelled
 */
public record EntryRules(boolean noShow, boolean checkedIn, boolean restored) {
  public static final EntryRules USUAL = new EntryRules(true, true, true);
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
