package clinic.scheduling.confirmations;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Header values of a mail (RFC 5322, RFC 2047): one value cannot start another header, and every
 * script arrives. Lines stay under 76 characters, encoded words are never cut inside a character.
 */
final class MailHeader {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ,.:;!?()+'/-]{0,59}");
  private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 -]{0,59}");
  private static final int BYTES_PER_WORD = 39;

  private MailHeader() {}

  /** A value of words, such as a subject. */
  static String words(String text) {
    return BARE.matcher(text).matches() ? text : encoded(text);
  }

  /** An address with the name that is shown for it. */
  static String address(String name, String address) {
    return (ATOMS.matcher(name).matches() ? name : encoded(name)) + "\r\n <" + address + ">";
  }

  private static String encoded(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int used = 0;
    for (int point : text.codePoints().toArray()) {
      String character = Character.toString(point);
      int bytes = character.getBytes(StandardCharsets.UTF_8).length;
      if (used + bytes > BYTES_PER_WORD) {
        words.add(encodedWord(word.toString()));
        word.setLength(0);
        used = 0;
      }
      word.append(character);
      used += bytes;
    }
    words.add(encodedWord(word.toString()));
    return String.join("\r\n ", words);
  }

  private static String encodedWord(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
