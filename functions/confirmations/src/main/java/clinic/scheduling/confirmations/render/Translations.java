package clinic.scheduling.confirmations.render;

import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.Consent;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The languages of the practice. All of them are read and checked when the function starts. */
@Singleton
public final class Translations {
  private final List<Translation> all;

  /**
   * Reads and checks the files of all languages.
   *
   * @throws IllegalStateException if anything is wrong with the files; lists all faults
   */
  @Inject
  public Translations(Practice practice) {
    List<String> faults = new ArrayList<>();
    this.all =
        practice.messages().languages().stream()
            .map(
                language ->
                    load(
                        language,
                        practice.messages().texts().getOrDefault(language, Map.of()),
                        faults))
            .toList();
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "PRACTICE: messages.languages:\n  " + String.join("\n  ", faults));
    }
  }

  /**
   * The language for a patient. It is the language that was chosen when booking or, if none was,
   * the patient's language in Canvas. If there is neither, or the practice does not have that
   * language, it is the first language of the practice.
   */
  public Translation of(Patient patient, Optional<Consent> consent) {
    return consent
        .flatMap(Consent::language)
        .or(patient::spokenLanguage)
        .flatMap(this::find)
        .orElse(all.get(0));
  }

  /** The language that somebody has chosen, or the first language of the practice. */
  public Translation of(Optional<String> language) {
    return language.flatMap(this::find).orElse(all.get(0));
  }

  List<Translation> all() {
    return all;
  }

  private Optional<Translation> find(String tag) {
    String base = tag.split("-", 2)[0];
    return all.stream()
        .filter(words -> words.language().equalsIgnoreCase(tag))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(words -> words.language().split("-", 2)[0].equalsIgnoreCase(base))
                    .findFirst());
  }

  private static Translation load(
      String language, Map<MessageText, String> own, List<String> faults) {
    Map<String, String> entries = new HashMap<>(LanguageFile.read(language).orElse(Map.of()));
    if (entries.isEmpty()) {
      faults.add(language + " has no file");
    } else {
      LanguageFile.faults(entries).forEach(fault -> faults.add(language + ": " + fault));
    }
    if (!Translation.hasDates(language)) {
      faults.add(language + " has no dates in this Java; a native one needs it in quarkus.locales");
    }
    own.forEach((text, wording) -> entries.put(text.key(), wording));
    return new Translation(language, entries);
  }

  /**
   * One language: its texts, and its formats for dates and times.
   *
   * <p>The texts come from {@code messages/<language>.properties}. The practice document may
   * replace each of them. Times always include the zone. Long dates use the Unicode CLDR formats of
   * the JDK. Short dates use a format in the language file, because CLDR's short formats differ
   * between JDK versions (docs/decisions/0043-texts-and-dates.md).
   */
  public static final class Translation {
    private static final String NO_REGION = "ZZ";
    private static final int NORTH_AMERICA = 1;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");

    private final String language;
    private final DateTimeFormatter longDate;
    private final Map<String, String> entries;

    /**
     * Makes a translation from complete entries.
     *
     * @param entries all entries that {@link LanguageFile#faults} requires
     */
    Translation(String language, Map<String, String> entries) {
      this.language = language;
      this.longDate =
          DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(localeOf(language));
      this.entries = Map.copyOf(entries);
    }

    /**
     * Whether this Java runtime knows the names of days in the language. A native executable knows
     * only the languages in {@code quarkus.locales}. For any other language, the JDK returns
     * English abbreviations.
     */
    static boolean hasDates(String language) {
      return !DayOfWeek.MONDAY
          .getDisplayName(TextStyle.FULL, localeOf(language))
          .equals(DayOfWeek.MONDAY.getDisplayName(TextStyle.FULL, Locale.ROOT));
    }

    /**
     * The language without its region, for dates. {@code quarkus.locales} lists no regions, so a
     * native executable has no dates for a region, although the JVM has them.
     */
    private static Locale localeOf(String language) {
      return Locale.forLanguageTag(language.split("-", 2)[0]);
    }

    /** The BCP 47 tag, for example {@code en}. */
    String language() {
      return language;
    }

    /**
     * A text with its placeholders filled in.
     *
     * @param values the values for the placeholders, in the order of the text's placeholders; a
     *     placeholder inside a value is not replaced
     */
    String text(MessageText text, String... values) {
      Matcher found = PLACEHOLDER.matcher(entry(text.key()));
      return found.replaceAll(
          one -> Matcher.quoteReplacement(values[text.placeholders().indexOf(one.group(1))]));
    }

    /** Day and time in short, for example {@code Tue Feb 3, 2:30 PM PST}. */
    String brief(Instant at, ZoneId zone) {
      return format("format-brief", at.atZone(zone));
    }

    /** The day, for example {@code Tuesday, February 3, 2026}. */
    String day(Instant at, ZoneId zone) {
      return longDate.format(at.atZone(zone));
    }

    /** The time, for example {@code 2:30 PM PST}. */
    String time(Instant at, ZoneId zone) {
      return format("format-time", at.atZone(zone));
    }

    /**
     * A phone number as people write it. A North American number looks like {@code (555) 555-0100},
     * any other number begins with its country code.
     *
     * @param e164 the number in E.164, for example {@code +15555550100}
     */
    String phone(String e164) {
      PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
      try {
        PhoneNumber number = plans.parse(e164, NO_REGION);
        return plans.format(
            number,
            number.getCountryCode() == NORTH_AMERICA
                ? PhoneNumberFormat.NATIONAL
                : PhoneNumberFormat.INTERNATIONAL);
      } catch (NumberParseException e) {
        return e164;
      }
    }

    private String format(String key, ZonedDateTime at) {
      return PLACEHOLDER
          .matcher(entry(key))
          .replaceAll(one -> Matcher.quoteReplacement(part(one.group(1), at)));
    }

    private String part(String name, ZonedDateTime at) {
      return switch (name) {
        case "weekday-short" -> list("weekdays-short").get(at.getDayOfWeek().getValue() - 1);
        case "month-short" -> list("months-short").get(at.getMonthValue() - 1);
        case "day" -> Integer.toString(at.getDayOfMonth());
        case "hour" -> Integer.toString((at.getHour() + 11) % 12 + 1);
        case "hour-of-day" -> Integer.toString(at.getHour());
        case "minute" -> String.format(Locale.ROOT, "%02d", at.getMinute());
        case "half" -> list("halves").get(at.getHour() / 12);
        case "zone" -> DateTimeFormatter.ofPattern("zzz", Locale.US).format(at);
        default -> throw new IllegalStateException("a time has no part " + name);
      };
    }

    private List<String> list(String key) {
      return List.of(entry(key).split(",", -1));
    }

    private String entry(String key) {
      return Objects.requireNonNull(entries.get(key), key);
    }
  }
}
