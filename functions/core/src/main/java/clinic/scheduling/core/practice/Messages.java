package clinic.scheduling.core.practice;

import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.queue.Change;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which messages patients get, when, in which words and from whom.
 *
 * @param channels {@code email}, {@code sms} or both; the patient's consent decides which of them
 *     are used
 * @param languages the languages of messages; the first is the default
 * @param from the sender address of e-mail; if empty, {@code appointments@} followed by the host of
 *     the public address
 * @param practitionerName whether messages name the clinician
 * @param reminders the reminders of each visit, if Canvas does not send its own
 * @param canvasReminders whether Canvas sends its own reminders (docs/facts/canvas.md 7)
 * @param silent the changes about which patients get no message
 * @param settleSeconds how long a message about a change by the clinic is delayed, so that two
 *     moves in a row cause one message
 * @param smsPerDay the most text messages to one number in one day of the patient; beyond it,
 *     reminders are left out, and changes are told by e-mail
 * @param smsPerWeek the most text messages to one number in seven days; beyond it, the same happens
 *     as beyond {@code smsPerDay}
 * @param smsCountryCodes the country codes (ITU-T E.164) of numbers that may get text messages
 * @param smsReplies whether replies to text messages reach this system, so that a patient can
 *     confirm by reply
 * @param chart whether each message is also written into the patient's chart
 * @param texts the practice's own wordings, by language
 * @param caps the most messages of one day
 */
public record Messages(
    List<String> channels,
    List<String> languages,
    Optional<String> from,
    boolean practitionerName,
    List<ReminderStep> reminders,
    boolean canvasReminders,
    List<String> silent,
    int settleSeconds,
    QuietHours quietHours,
    int smsPerDay,
    int smsPerWeek,
    List<Integer> smsCountryCodes,
    boolean smsReplies,
    boolean chart,
    Map<String, Map<MessageText, String>> texts,
    Caps caps) {

  /** Whether this number gets text messages, if its owner consents. */
  public boolean canBeTexted(PhoneNumber number) {
    return smsCountryCodes.contains(number.countryCode());
  }

  /** The reminders that we send: none if Canvas sends its own. */
  public List<ReminderStep> activeReminders() {
    return canvasReminders ? List.of() : reminders;
  }

  /**
   * The most messages in one day, so that neither a fault nor an attacker can send without end.
   * Messages beyond the limit wait. Days are calendar days in the time zone of the first location
   * in the practice document.
   *
   * @param smsPerDay the most text messages to everybody together
   * @param emailsPerDay the most mails to everybody together
   * @param smsPerContactPerDay the most text messages of any kind to one number
   * @param emailsPerContactPerDay the most mails to one address
   */
  public record Caps(
      int smsPerDay, int emailsPerDay, int smsPerContactPerDay, int emailsPerContactPerDay) {}

  static final Messages DEFAULT =
      new Messages(
          List.of("email", "sms"),
          List.of("en"),
          Optional.empty(),
          true,
          ReminderStep.defaults(),
          true,
          List.of(),
          30,
          new QuietHours(LocalTime.of(20, 0), LocalTime.of(8, 0)),
          1,
          3,
          List.of(1),
          false,
          false,
          Map.of(),
          new Caps(2_000, 5_000, 10, 20));
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(-[A-Z]{2})?");
  private static final Pattern STEP = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final Pattern COUNTRY = Pattern.compile("\\+[1-9][0-9]{0,2}");
  private static final Pattern CLOCK = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final int LONGEST_TEXT = 400;

  /** Reads {@code messages} of the practice document. */
  static Messages read(Fields messages) {
    List<String> languages =
        messages.texts(
            "languages", 0, 10, LANGUAGE.asMatchPredicate(), "must be a language like en");
    Messages read =
        new Messages(
            messages.texts(
                "channels", 0, 2, List.of("email", "sms")::contains, "must be email or sms"),
            languages.isEmpty() ? DEFAULT.languages() : languages,
            messages.optionalText(
                "from", 254, EMAIL.asMatchPredicate(), "must be an e-mail address"),
            messages.flag("practitionerName", DEFAULT.practitionerName()),
            messages
                .optionalObjects("reminders", 0, 10, Messages::step)
                .orElse(DEFAULT.reminders()),
            messages.flag("canvasReminders", DEFAULT.canvasReminders()),
            messages.texts(
                "silent",
                0,
                20,
                word -> Change.of(word).filter(change -> change != Change.REMINDER).isPresent(),
                "must be a change like link-changed"),
            messages.integer("settleSeconds", 0, 240, DEFAULT.settleSeconds()),
            messages
                .optionalObject("quietHours", Messages::quietHours)
                .orElse(DEFAULT.quietHours()),
            messages.integer("smsPerDay", 1, 1000, DEFAULT.smsPerDay()),
            messages.integer("smsPerWeek", 1, 1000, DEFAULT.smsPerWeek()),
            countryCodes(messages),
            messages.flag("smsReplies", DEFAULT.smsReplies()),
            messages.flag("chart", DEFAULT.chart()),
            messages.optionalObject("texts", Messages::texts).orElse(DEFAULT.texts()),
            messages.optionalObject("caps", Messages::caps).orElse(DEFAULT.caps()));
    messages.end();
    check(messages, read);
    return read;
  }

  private static List<Integer> countryCodes(Fields messages) {
    return messages.names().contains("smsCountryCodes")
        ? messages
            .texts(
                "smsCountryCodes",
                1,
                50,
                COUNTRY.asMatchPredicate(),
                "must be a country code like +1")
            .stream()
            .filter(COUNTRY.asMatchPredicate())
            .map(Integer::valueOf)
            .toList()
        : DEFAULT.smsCountryCodes();
  }

  private static void check(Fields messages, Messages read) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < read.reminders().size(); i++) {
      if (!seen.add(read.reminders().get(i).id())) {
        messages.wrong("reminders[" + i + "].id", "is used twice");
      }
    }
    read.texts().keySet().stream()
        .filter(language -> !read.languages().contains(language))
        .forEach(language -> messages.wrong("texts." + language, "is not among the languages"));
  }

  private static ReminderStep step(Fields step) {
    ReminderStep read =
        new ReminderStep(
            step.text(
                "id", 31, STEP.asMatchPredicate(), "must be lower-case letters, digits, dashes"),
            Duration.ofMinutes(requiredInteger(step, "minutesBefore", 15, 86_400)),
            step.text("channel", 5, List.of("email", "sms")::contains, "must be email or sms"),
            Duration.ofMinutes(step.integer("minutesAfterNews", 0, 86_400, 240)),
            step.flag("asksToConfirm", false),
            step.flag("onlyIfUnconfirmed", false));
    step.end();
    return read;
  }

  private static int requiredInteger(Fields step, String name, int min, int max) {
    int value = step.integer(name, min, max, 0);
    if (value == 0 && !step.names().contains(name)) {
      step.wrong(name, "is missing");
    }
    return value;
  }

  private static QuietHours quietHours(Fields hours) {
    QuietHours read = new QuietHours(time(hours, "from"), time(hours, "to"));
    hours.end();
    return read;
  }

  private static Caps caps(Fields caps) {
    Caps usual = DEFAULT.caps();
    Caps read =
        new Caps(
            caps.integer("smsPerDay", 1, 1_000_000, usual.smsPerDay()),
            caps.integer("emailsPerDay", 1, 1_000_000, usual.emailsPerDay()),
            caps.integer("smsPerContactPerDay", 1, 1_000, usual.smsPerContactPerDay()),
            caps.integer("emailsPerContactPerDay", 1, 1_000, usual.emailsPerContactPerDay()));
    caps.end();
    return read;
  }

  private static LocalTime time(Fields hours, String name) {
    String text = hours.text(name, 5, CLOCK.asMatchPredicate(), "must be a time like 20:00");
    return CLOCK.matcher(text).matches() ? LocalTime.parse(text) : LocalTime.MIDNIGHT;
  }

  private static Map<String, Map<MessageText, String>> texts(Fields languages) {
    Map<String, Map<MessageText, String>> read = new HashMap<>();
    for (String language : languages.names()) {
      languages
          .optionalObject(language, Messages::wordings)
          .ifPresent(texts -> read.put(language, texts));
    }
    return Map.copyOf(read);
  }

  private static Map<MessageText, String> wordings(Fields texts) {
    Map<MessageText, String> read = new EnumMap<>(MessageText.class);
    for (String key : texts.names()) {
      Optional<MessageText> known = MessageText.of(key);
      if (known.isPresent()) {
        String wording = texts.text(key, LONGEST_TEXT);
        known.get().fault(wording).ifPresent(fault -> texts.wrong(key, fault));
        read.put(known.get(), wording);
      }
    }
    texts.end();
    return Map.copyOf(read);
  }
}
