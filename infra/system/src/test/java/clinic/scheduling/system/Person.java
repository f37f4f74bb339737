package clinic.scheduling.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A patient whose details occur in no other text. */
record Person(String given, String family, String birthDate, String phone, String email) {
  static final String REASON = "kaleidoscopic dizziness";
  static final String COMMENT = "allergic to marmalade";

  /** One of a hundred persons. The number is also in the telephone number. */
  static Person number(int number) {
    String family = "Quackenbosch" + "abcdefghij".charAt(number / 10) + (number % 10);
    return new Person(
        "Zephyrine",
        family,
        "1961-07-%02d".formatted(1 + number % 28),
        "+155555501%02d".formatted(number),
        "zephyrine.%s@example.invalid".formatted(family.toLowerCase(Locale.ROOT)));
  }

  /** The body of {@code POST /appointments}. */
  String books(String slot) {
    ObjectNode booking = new ObjectMapper().createObjectNode().put("slot", slot);
    booking.putObject("reason").put("code", "FU").put("text", REASON);
    ObjectNode patient = booking.putObject("patient");
    patient.put("given", given).put("family", family).put("birthDate", birthDate);
    patient.put("phone", phone).put("email", email).put("state", "CA");
    patient.putObject("consent").put("email", true).put("sms", true);
    return booking.put("comment", COMMENT).toString();
  }
}
