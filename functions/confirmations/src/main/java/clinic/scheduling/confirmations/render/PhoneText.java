package clinic.scheduling.confirmations.render;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** A phone number as people write it. */
final class PhoneText {
  private static final String NO_REGION = "ZZ";
  private static final int NORTH_AMERICA = 1;

  private PhoneText() {}

  /**
   * North American numbers as {@code (555) 555-0100}, all others with their country code.
   *
   * @param e164 as {@code +15555550100}
   */
  static String of(String e164) {
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
}
