package clinic.scheduling.confirmations;

/** A phone number as people write it. */
final class PhoneText {
  private PhoneText() {}

  /**
   * @param e164 as {@code +15555550100}
   */
  static String of(String e164) {
    return e164.matches("\\+1[0-9]{10}")
        ? "(" + e164.substring(2, 5) + ") " + e164.substring(5, 8) + "-" + e164.substring(8)
        : e164;
  }
}
