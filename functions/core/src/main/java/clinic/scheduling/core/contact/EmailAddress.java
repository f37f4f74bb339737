package clinic.scheduling.core.contact;

import clinic.scheduling.core.Phi;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address that Amazon SES can send to: one mailbox at a domain (RFC 5321 section 4.1.2),
 * within the lengths of section 4.5.3.1. SES takes only ASCII before the {@code @}, so mailboxes of
 * RFC 6531 are refused; an internationalised domain is kept in its ASCII form (RFC 5890). Quoted
 * mailboxes, IP addresses and local host names are refused.
 *
 * @param value the address in ASCII, in the letter case in which it was written
 */
public record EmailAddress(Phi<String> value) {
  private static final String SCHEME = "mailto:";
  private static final int LONGEST = 254;
  private static final int LONGEST_MAILBOX = 64;
  private static final Pattern DOMAIN = Pattern.compile("(?:[^.]+\\.)+(?=[^.]*[A-Za-z])[^.]{2,}");

  // The JDK implements IDNA 2003, which turns a name with one of these characters into a different
  // domain than mail programs do (UTS #46).
  private static final Pattern AMBIGUOUS = Pattern.compile("[ßẞς\\u200c\\u200d]");

  /**
   * Reads an address that a person typed or pasted, or that Canvas has.
   *
   * @return empty if the text is not an address that we can send to
   */
  public static Optional<EmailAddress> parse(String text) {
    return PastedText.clean(text, SCHEME)
        .flatMap(seen -> inAscii(seen, text))
        .filter(EmailAddress::isMailbox)
        .map(Phi::of)
        .map(EmailAddress::new);
  }

  /**
   * Reads an address that a form sends. The text must be the bare address, without any invisible
   * character.
   *
   * @return empty if the text contains anything else, or is not an address that we can send to
   */
  public static Optional<EmailAddress> exactly(String text) {
    return PastedText.clean(text, SCHEME).filter(text::equals).flatMap(EmailAddress::parse);
  }

  private static Optional<String> inAscii(String seen, String asWritten) {
    int at = seen.lastIndexOf('@');
    if (at < 1 || at > LONGEST_MAILBOX) {
      return Optional.empty();
    }
    String domain = seen.substring(at + 1);
    boolean isAscii = domain.chars().allMatch(character -> character < 128);
    if (!isAscii && AMBIGUOUS.matcher(asWritten).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(seen.substring(0, at + 1) + IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isMailbox(String address) {
    int at = address.lastIndexOf('@');
    return address.length() <= LONGEST
        && address.chars().allMatch(character -> character > ' ' && character < 127)
        && address.charAt(0) != '"'
        && DOMAIN.matcher(address.substring(at + 1)).matches()
        && isOneAddress(address);
  }

  private static boolean isOneAddress(String address) {
    try {
      InternetAddress[] found = InternetAddress.parse(address, true);
      return found.length == 1 && address.equals(found[0].getAddress());
    } catch (AddressException e) {
      return false;
    }
  }
}
