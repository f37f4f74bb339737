package clinic.scheduling.core.practice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The texts of messages. Every language has all of them. A practice may replace the wording of
 * each, with the same placeholders.
 */
public enum MessageText {
  SUBJECT_BOOKED("when"),
  SUBJECT_MOVED("when"),
  SUBJECT_PRACTITIONER_CHANGED("when"),
  SUBJECT_PLACE_CHANGED("when"),
  SUBJECT_LINK_CHANGED("when"),
  SUBJECT_CHANGED("when"),
  SUBJECT_CANCELLED("when"),
  SUBJECT_CANCELLED_BY_PATIENT("when"),
  SUBJECT_RESTORED("when"),
  SUBJECT_REMINDER("when"),
  SUBJECT_CONFIRM("when"),
  SUBJECT_CODE("clinic", "code"),
  NEWS_BOOKED("clinic"),
  NEWS_MOVED("clinic"),
  NEWS_PRACTITIONER_CHANGED("clinic"),
  NEWS_PLACE_CHANGED("clinic"),
  NEWS_LINK_CHANGED("clinic"),
  NEWS_CHANGED("clinic"),
  NEWS_CANCELLED("clinic"),
  NEWS_CANCELLED_BY_PATIENT("clinic"),
  NEWS_RESTORED("clinic"),
  NEWS_REMINDER("clinic"),
  NEWS_CONFIRM("clinic", "phone"),
  NEWS_CODE("clinic"),
  SMS_BOOKED("when"),
  SMS_MOVED("when"),
  SMS_PRACTITIONER_CHANGED("when"),
  SMS_PLACE_CHANGED("when"),
  SMS_LINK_CHANGED("when"),
  SMS_CHANGED("when"),
  SMS_CANCELLED("when"),
  SMS_CANCELLED_BY_PATIENT("when"),
  SMS_RESTORED("when"),
  SMS_REMINDER("when"),
  SMS_CONFIRM("when"),
  SMS_CODE("code"),
  SMS_CODE_IGNORE(),
  SMS_DETAILS("link"),
  SMS_QUESTIONS("phone"),
  SMS_BOOK_AGAIN("phone"),
  SMS_CONFIRM_BY_PHONE("phone"),
  SMS_CONFIRM_BY_REPLY("phone"),
  SMS_CONFIRM_BY_PHONE_BRIEFLY("phone"),
  SMS_CONFIRM_BY_REPLY_BRIEFLY(),
  SMS_HELP_AND_STOP(),
  SMS_STOP(),
  GREETING("name"),
  GREETING_WITHOUT_NAME(),
  LABEL_DATE(),
  LABEL_TIME(),
  LABEL_WHERE(),
  LABEL_LINK(),
  LABEL_WITH(),
  LABEL_PHONE(),
  LABEL_CODE(),
  WHERE_VIDEO(),
  WHERE_VIDEO_WITHOUT_LINK(),
  WHERE_PHONE(),
  WHERE_HOME(),
  MANAGE_ADDRESS(),
  MANAGE_LINK(),
  CODE_IGNORE(),
  NO_ANSWER("phone"),
  UNSUBSCRIBE(),
  INVITE_WITH("practitioner"),
  INVITE("clinic");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  private final List<String> placeholders;

  MessageText(String... placeholders) {
    this.placeholders = List.of(placeholders);
  }

  /**
   * The key of this text in language files and in the practice document, such as {@code
   * sms-booked}.
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The placeholders that every wording of this text contains, in braces. */
  public List<String> placeholders() {
    return placeholders;
  }

  public static Optional<MessageText> of(String key) {
    return Arrays.stream(values()).filter(text -> text.key().equals(key)).findFirst();
  }

  /** What is wrong with a wording of this text; empty if nothing is wrong. */
  public Optional<String> fault(String wording) {
    Set<String> used = Set.copyOf(found(wording));
    if (PLACEHOLDER.matcher(wording).replaceAll("").matches(".*[{}].*")) {
      return Optional.of("has a brace without a partner");
    }
    return placeholders.containsAll(used) && used.containsAll(placeholders)
        ? Optional.empty()
        : Optional.of("must have the placeholders " + placeholders + " and no others");
  }

  private static List<String> found(String wording) {
    return PLACEHOLDER
        .matcher(wording)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
