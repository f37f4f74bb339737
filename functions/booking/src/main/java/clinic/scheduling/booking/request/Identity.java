package clinic.scheduling.booking.request;

import clinic.scheduling.booking.request.BookingRequest.Booker;
import clinic.scheduling.booking.request.BookingRequest.Person;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.VisibleText;
import clinic.scheduling.core.contact.EmailAddress;
import clinic.scheduling.core.contact.PhoneNumber;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data by which we recognise a person: name, birth date, and a phone number or e-mail address.
 * The booker's contact points count too, since a child's record often holds the parent's. Pure.
 *
 * <p>Names are compared by their letters, marks and digits only, in Unicode's compatibility form
 * (NFKD, UAX #15) and without regard to case. Apostrophes, hyphens, points, spaces and invisible
 * characters do not count; accents and vowel signs do, since some names differ in nothing else
 * (docs/decisions/0030-when-two-names-are-one-person.md).
 */
public record Identity(Person person, Set<String> phones, Set<String> emails) {
  /** Punctuation, symbols and separators; and apostrophes that Unicode calls modifier letters. */
  private static final Pattern NOT_PART_OF_A_NAME =
      Pattern.compile("[^\\p{L}\\p{M}\\p{N}]|\\p{InSpacingModifierLetters}");

  public static Identity of(BookingRequest request) {
    return new Identity(
        request.patient(),
        Stream.concat(
                request.patient().phone().stream(), request.booker().map(Booker::phone).stream())
            .map(Identity::asCanvasPhone)
            .collect(Collectors.toUnmodifiableSet()),
        Stream.concat(
                request.patient().email().stream(), request.booker().map(Booker::email).stream())
            .map(Identity::address)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Whether a record is this person's: it has the name, the birth date and a contact point in use.
   *
   * @param today contact points that are not in use today identify nobody
   */
  public boolean matchesWithContactInUse(Patient found, LocalDate today) {
    return isSamePerson(found) && hasContact(found, one -> one.isInUse(today));
  }

  /**
   * Whether the record has contact points of the person, but none of them is still in use. They may
   * belong to somebody else by now, so such a record is not used, even if an earlier booking found
   * it or it carries our identifier.
   */
  public boolean hasOnlyFormerContacts(Patient found, LocalDate today) {
    return hasContact(found, one -> true) && !hasContact(found, one -> one.isInUse(today));
  }

  private boolean hasContact(Patient found, Predicate<Telecom> which) {
    return found.contacts("phone").stream()
            .filter(which)
            .anyMatch(one -> phones.contains(asCanvasPhone(one.value())))
        || found.contacts("email").stream()
            .filter(which)
            .anyMatch(one -> emails.contains(address(one.value())));
  }

  /** Whether an active record has this name and birth date, whatever its contact points. */
  public boolean isSamePerson(Patient found) {
    return !Boolean.FALSE.equals(found.active())
        && person.birthDate().equals(found.birthDate())
        && found.officialName().map(this::hasName).orElse(false);
  }

  /**
   * Whether the patient gave no contact point of their own: then a record of them can be found
   * again only by our identifier.
   */
  public boolean hasNoOwnContact() {
    return person.phone().isEmpty() && person.email().isEmpty();
  }

  /**
   * A digest that is equal for all bookings of this person, and from which the person cannot be
   * recovered.
   */
  public String digest(byte[] key) {
    return digest(key, normalName(person.family()), normalName(person.given()));
  }

  /**
   * The digest as earlier versions computed it, before the present comparison of names. For most
   * people both are equal. If they differ, only this one finds the record of a child without a
   * contact point of its own.
   */
  public String formerDigest(byte[] key) {
    return digest(key, folded(person.family()), folded(person.given()));
  }

  private String digest(byte[] key, String family, String given) {
    return Digest.keyed(
        key,
        family,
        given,
        person.birthDate().value(),
        String.join(",", phones.stream().sorted().toList()),
        String.join(",", emails.stream().sorted().toList()));
  }

  /**
   * A phone number as Canvas keeps it: those of the United States without their country code,
   * others in E.164. Accepts every form in which people type or paste numbers.
   */
  public static String asCanvasPhone(@Nullable Phi<String> phone) {
    String written = phone == null ? "" : phone.value().strip();
    String text = PhoneNumber.parse(written).map(PhoneNumber::e164).map(Phi::value).orElse(written);
    String digits = text.replaceAll("[^0-9]", "");
    if (text.startsWith("+") && !digits.startsWith("1")) {
      return "+" + digits;
    }
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }

  private static String address(@Nullable Phi<String> email) {
    return Optional.ofNullable(email)
        .flatMap(it -> EmailAddress.parse(it.value()))
        .map(read -> folded(read.value()))
        .orElseGet(() -> folded(email));
  }

  /**
   * The text without the differences of case, of the encoding of accents, and of spaces around it.
   */
  private static String folded(@Nullable Phi<String> text) {
    return text == null
        ? ""
        : Normalizer.normalize(text.value(), Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
  }

  private boolean hasName(HumanName name) {
    return normalName(name.family()).equals(normalName(person.family()))
        && hasGivenName(Optional.ofNullable(name.given()).orElse(List.of()));
  }

  /**
   * Whether the person's given name equals all of these names joined, or the first few of them: a
   * chart may have middle names that the person leaves out, and stores the parts of a double name
   * separately.
   */
  private boolean hasGivenName(List<Phi<String>> inChart) {
    List<String> names = inChart.stream().map(Phi::value).toList();
    String typed = normalName(person.given());
    return IntStream.rangeClosed(1, names.size())
        .mapToObj(count -> String.join(" ", names.subList(0, count)))
        .anyMatch(first -> normalName(first).equals(typed));
  }

  private static String normalName(@Nullable Phi<String> name) {
    return name == null ? "" : normalName(name.value());
  }

  /** A name without any letter stays as it is: a chart may hold "-" for a missing one. */
  private static String normalName(String name) {
    String visible = VisibleText.withoutInvisible(name);
    String letters = letters(Normalizer.normalize(letters(visible), Normalizer.Form.NFKD));
    String form = letters.isEmpty() ? visible.strip() : letters;
    return Normalizer.normalize(withoutCase(form), Normalizer.Form.NFC);
  }

  /**
   * The first conversion to lower case is needed: otherwise the capital sharp s would not become
   * the same two letters as the small one.
   */
  private static String withoutCase(String form) {
    return form.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static String letters(String text) {
    return NOT_PART_OF_A_NAME.matcher(text).replaceAll("");
  }
}
