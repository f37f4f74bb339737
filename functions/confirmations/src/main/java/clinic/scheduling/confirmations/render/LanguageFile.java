package clinic.scheduling.confirmations.render;

import clinic.scheduling.core.practice.MessageText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and checks the file of a language, {@code messages/<language>.properties}. */
final class LanguageFile {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final Set<String> PARTS_OF_A_TIME =
      Set.of(
          "weekday-short", "month-short", "day", "hour", "hour-of-day", "minute", "half", "zone");
  private static final Map<String, Integer> LISTS =
      Map.of("weekdays-short", 7, "months-short", 12, "halves", 2);
  private static final List<String> TIMES = List.of("format-time", "format-brief");

  private LanguageFile() {}

  /**
   * The entries of the language's file. If there is no such file, the entries of the file for the
   * language without its region. Empty if there is neither.
   */
  static Optional<Map<String, String>> read(String language) {
    return resource(language).or(() -> resource(language.substring(0, 2)));
  }

  /**
   * The faults of a language file: one sentence for each entry that is missing, unknown or
   * malformed.
   */
  static List<String> faults(Map<String, String> entries) {
    List<String> faults = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (MessageText text : MessageText.values()) {
      known.add(text.key());
      Optional<String> fault =
          Optional.ofNullable(entries.get(text.key()))
              .map(text::fault)
              .orElse(Optional.of("is missing"));
      fault.ifPresent(why -> faults.add(text.key() + " " + why));
    }
    LISTS.forEach((key, size) -> require(list(entries, key).size() == size, key, faults));
    TIMES.forEach(key -> require(isTime(entries.get(key)), key, faults));
    known.addAll(LISTS.keySet());
    known.addAll(TIMES);
    entries.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> faults.add(key + " is not known"));
    return faults;
  }

  private static void require(boolean good, String key, List<String> faults) {
    if (!good) {
      faults.add(key + " is missing or misshapen");
    }
  }

  private static List<String> list(Map<String, String> entries, String key) {
    return Arrays.stream(entries.getOrDefault(key, "").split(",", -1))
        .filter(word -> !word.isBlank())
        .toList();
  }

  private static boolean isTime(@Nullable String format) {
    if (format == null) {
      return false;
    }
    Set<String> used =
        PLACEHOLDER
            .matcher(format)
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    return used.contains("zone") && PARTS_OF_A_TIME.containsAll(used);
  }

  private static Optional<Map<String, String>> resource(String language) {
    try (InputStream in =
        LanguageFile.class.getResourceAsStream("/messages/" + language + ".properties")) {
      if (in == null) {
        return Optional.empty();
      }
      Properties file = new Properties();
      file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return Optional.of(
          file.stringPropertyNames().stream()
              .collect(Collectors.toMap(name -> name, file::getProperty)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
