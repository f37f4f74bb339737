package clinic.scheduling.core.contact;

import clinic.scheduling.core.Phi;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A phone number that can be dialled from anywhere (ITU-T E.164). We check only that a number is
 * <em>possible</em>, not that it is in use. Numbering plans change faster than any library, and
 * numbers reserved for fiction ({@code 555-01xx}) must work in tests. Numbers with an extension are
 * refused: they lead to a switchboard, so a text message would reach somebody else.
 *
 * @param e164 the number in E.164 form, such as {@code +15555550100}
 * @param countryCode the ITU-T E.164 country code; 1 for all of North America
 */
public record PhoneNumber(Phi<String> e164, int countryCode) {
  private static final String SCHEME = "tel:";

  /** Numbers without a country code are American: Canvas is used in the United States. */
  private static final String DEFAULT_REGION = "US";

  private static final int NORTH_AMERICA = 1;
  private static final Pattern CONTEXT = Pattern.compile("(?i);phone-context=(\\+[0-9]{1,3})$");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");
  private static final Pattern INTERNATIONAL_PREFIX = Pattern.compile("^00(?=[1-9])");
  // In the North American numbering plan, no area code begins with 0 or 1.
  private static final Pattern AREA = Pattern.compile("\\+1[2-9][0-9]{9}");

  /**
   * Reads a number that a person typed or pasted, or that Canvas has. Canvas keeps American numbers
   * without their country code.
   *
   * @return empty if the text is not a number that a text message could reach
   */
  public static Optional<PhoneNumber> parse(String text) {
    return PastedText.clean(text, SCHEME)
        .filter(seen -> !LETTER.matcher(CONTEXT.matcher(seen).replaceAll("")).find())
        .map(seen -> INTERNATIONAL_PREFIX.matcher(seen).replaceFirst("+"))
        .flatMap(PhoneNumber::read);
  }

  /**
   * Reads a number that a form sends, in E.164 form, such as {@code +15555550100}.
   *
   * @return empty if the text has another form, or is not a possible number of its country
   */
  public static Optional<PhoneNumber> exactly(String text) {
    return Optional.of(text)
        .filter(seen -> E164.matcher(seen).matches())
        .flatMap(PhoneNumber::parse);
  }

  private static Optional<PhoneNumber> read(String seen) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    String whole = CONTEXT.matcher(seen).find() ? SCHEME + seen : seen;
    try {
      Phonenumber.PhoneNumber number = plans.parse(whole, DEFAULT_REGION);
      String e164 = plans.format(number, PhoneNumberFormat.E164);
      boolean possible =
          plans.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
              && !number.hasExtension()
              && (number.getCountryCode() != NORTH_AMERICA || AREA.matcher(e164).matches());
      return possible
          ? Optional.of(new PhoneNumber(Phi.of(e164), number.getCountryCode()))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
