package clinic.scheduling.core.verification;

import clinic.scheduling.core.Phi;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address or a phone number to which a code can be sent.
 *
 * @param address an e-mail address, or a number in E.164
 */
public record ContactPoint(Medium medium, Phi<String> address) {

  /** How a code gets there. */
  public enum Medium {
    EMAIL,
    SMS;

    /** The word in answers of the API and in the table. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Medium> of(String word) {
      return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
  }

  /** The same text for all spellings of one contact point that differ in case only. */
  public Phi<String> normalized() {
    return Phi.of(address.value().strip().toLowerCase(Locale.ROOT));
  }
}
