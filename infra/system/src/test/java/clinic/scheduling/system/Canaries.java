package clinic.scheduling.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds patients' data in a text: in upper or lower case, in base64, in hexadecimal, and
 * URL-encoded.
 */
final class Canaries {
  /** Fewer characters of base64 than this may occur in any text by chance. */
  private static final int SHORTEST_CODE = 8;

  private final Set<String> words = new TreeSet<>();
  private final Set<String> codes = new TreeSet<>();

  Canaries(List<Person> persons) {
    List.of("kaleidoscopic", "dizziness", "marmalade").forEach(this::add);
    persons.forEach(this::add);
  }

  /** The patient data that occurs in the text. */
  List<String> in(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    words.stream().filter(small::contains).forEach(found::add);
    codes.stream().filter(text::contains).forEach(found::add);
    return found;
  }

  private void add(Person person) {
    add(person.given());
    add(person.family());
    add(person.email());
    add(person.email().replace("@", "%40"));
    String digits = person.phone().substring(2);
    add(digits);
    add("%s-%s-%s".formatted(digits.substring(0, 3), digits.substring(3, 6), digits.substring(6)));
    add("%s) %s-%s".formatted(digits.substring(0, 3), digits.substring(3, 6), digits.substring(6)));
    add(person.birthDate());
    String[] date = person.birthDate().split("-", -1);
    add(date[1] + "/" + date[2] + "/" + date[0]);
    add(String.join("", date));
  }

  private void add(String word) {
    words.add(word.toLowerCase(Locale.ROOT));
    for (String spelt :
        List.of(word, word.toLowerCase(Locale.ROOT), word.toUpperCase(Locale.ROOT))) {
      byte[] bytes = spelt.getBytes(StandardCharsets.UTF_8);
      words.add(HexFormat.of().formatHex(bytes));
      for (int offset = 0; offset < 3; offset++) {
        code(bytes, offset);
      }
    }
  }

  /**
   * Adds the middle part of the base64 form, which does not depend on the bytes before and after
   * the word.
   */
  private void code(byte[] bytes, int offset) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int first = offset == 0 ? 0 : offset + 1;
    int last = shifted.length / 3 * 4;
    if (last - first >= SHORTEST_CODE) {
      codes.add(all.substring(first, last));
      codes.add(all.substring(first, last).replace('+', '-').replace('/', '_'));
    }
  }
}
