package clinic.scheduling.confirmations;

import java.text.Normalizer;

/**
 * The alphabet of 7-bit SMS (3GPP TS 23.038 section 6.2.1). One character beyond it turns a whole
 * message into 70-character parts.
 */
final class Gsm7 {
  private static final int ONE_PART = 160;

  /** Of a message of several parts; the rest says which part it is. */
  private static final int A_PART = 153;

  private static final String BASIC =
      "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6"
          + "\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./"
          + "0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bf"
          + "abcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0";
  private static final String ESCAPED = "^{}\\[~]|\u20ac";

  private Gsm7() {}

  /** Whether so many parts hold the text; a character that takes two places is not parted. */
  static boolean fits(String text, int parts) {
    int room = parts == 1 ? ONE_PART : parts * A_PART - (parts - 1);
    return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || ESCAPED.indexOf(c) >= 0)
        && text.chars().map(c -> ESCAPED.indexOf(c) >= 0 ? 2 : 1).sum() <= room;
  }

  /**
   * The same text with typographic marks and accents written plainly where the alphabet has none.
   */
  static String nearest(String text) {
    StringBuilder nearest = new StringBuilder();
    text.codePoints().forEach(point -> nearest.append(nearest(point)));
    return nearest.toString();
  }

  private static String nearest(int point) {
    String character = Character.toString(point);
    if (BASIC.contains(character) || ESCAPED.contains(character)) {
      return character;
    }
    return switch (point) {
      case 0x2018, 0x2019, 0x201b, 0x2032 -> "'";
      case 0x201c, 0x201d, 0x201e, 0x2033 -> "\"";
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015 -> "-";
      case 0x2026 -> "...";
      default -> Normalizer.normalize(character, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    };
  }
}
