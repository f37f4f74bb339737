package clinic.scheduling.simulation;

/** Patient data with recognisable values, so that tests find it wherever it leaks. */
final class Canary {
  private static final String WORD = "anary";
  private static final String NUMBER = "55501";

  private final RunResult result;

  Canary(RunResult result) {
    this.result = result;
  }

  static String name(int patient) {
    return "Qanary" + patient;
  }

  static String family(int patient) {
    return "Testqanary" + patient;
  }

  static String email(int patient) {
    return "qanary" + patient + "@example.invalid";
  }

  /** Fictional numbers: 555-01xx in every area code. */
  static String phone(int patient) {
    return "+1" + (200 + patient / 100) + NUMBER + String.format("%02d", patient % 100);
  }

  /** Reports a violation if the text contains patient data. */
  void scan(String place, String text) {
    if (text.contains(WORD) || hasNumber(text)) {
      result.wrong("patient data in " + place + ": " + text);
    }
  }

  private static boolean hasNumber(String text) {
    int at = text.indexOf(NUMBER);
    while (at >= 0) {
      if (at >= 5 && text.startsWith("+1", at - 5)) {
        return true;
      }
      at = text.indexOf(NUMBER, at + 1);
    }
    return false;
  }
}
