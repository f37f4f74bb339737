package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rules for values that several parts of the practice document share. */
final class FieldRules {
  static final int NAME = 100;
  static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern STATE = Pattern.compile("[A-Z]{2}");

  private FieldRules() {}

  static String state(Fields fields) {
    return fields.text("state", 2, STATE.asMatchPredicate(), "must be a two-letter state");
  }

  static String id(Fields fields) {
    return fields.text("id", 64, ID.asMatchPredicate(), "must be letters, digits, dots, dashes");
  }

  static Duration minutes(Fields fields, String name, int max, int otherwise) {
    return Duration.ofMinutes(fields.integer(name, 0, max, otherwise));
  }

  static ZoneId zone(Fields fields) {
    String name = fields.text("zone", 64);
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return ZoneId.of(name);
    }
    if (!name.isEmpty()) {
      fields.wrong("zone", "must be an IANA zone like America/Los_Angeles");
    }
    return ZoneOffset.UTC;
  }

  /** A zone that may be left out; a wrong name is an error. */
  static Optional<ZoneId> optionalZone(Fields fields, String name) {
    return fields
        .optionalText(
            name,
            64,
            ZoneId.getAvailableZoneIds()::contains,
            "must be an IANA zone like America/Los_Angeles")
        .filter(ZoneId.getAvailableZoneIds()::contains)
        .map(ZoneId::of);
  }

  /** A FHIR coding; the display text may be left out. */
  static Coding coding(Fields coding) {
    Coding read =
        new Coding(
            coding.text("system", 200),
            coding.text("code", 64),
            coding.optionalText("display", NAME).orElse(""));
    coding.end();
    return read;
  }

  static LocalDate date(Fields fields, String name) {
    String text = fields.text(name, 10);
    try {
      return text.isEmpty() ? LocalDate.MIN : LocalDate.parse(text);
    } catch (DateTimeException e) {
      fields.wrong(name, "must be a date like 2028-12-31");
      return LocalDate.MIN;
    }
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <T> T oneOf(
      Fields fields, String name, T[] values, Function<T, String> word, T otherwise) {
    String text = fields.text(name, 32);
    Optional<T> found = Arrays.stream(values).filter(v -> word.apply(v).equals(text)).findFirst();
    if (found.isEmpty() && !text.isEmpty()) {
      fields.wrong(name, "must be one of " + Arrays.stream(values).map(word).toList());
    }
    return found.orElse(otherwise);
  }
}
