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
import clinic.scheduling.core.verification.ContactPoint;
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
 * The booker's contact points count too, since a child's record often has only those of a parent.
 * The methods are pure functions.
 *
 * <p>Names are compared in Unicode's compatibility form (NFKD, UAX #15) and without regard to case.
 * Only letters, marks and digits count. Apostrophes, hyphens, points, spaces and invisible
 * characters do not count. Accents and vowel signs count, since some names differ only in them
 * (docs/decisions/0030-when-two-names-are-one-person.md).
 */
public record Identity(Person person, Set<String> phones, Set<String> emails) {
  /**
   * Everything but letters, marks and digits. Also Unicode's modifier letters, which include some
   * apostrophes.
   */
  private static final Pattern NOT_PART_OF_A_NAME =
      Pattern.compile("[^\\p{L}\\p{M}\\p{N}]|\\p{InSpacingModifierLetters}");

  /**
   * The data by which the patient of a booking is recognised. If the caller has proved a contact
   * point, only that one counts: the others were merely typed
   * (docs/decisions/0059-a-contact-point-is-proved.md).
   */
  public static Identity of(BookingCommand command) {
    return command
        .proven()
        .map(proven -> ofProven(command.request().patient(), proven))
        .orElseGet(() -> of(command.request()));
  }

  private static Identity ofProven(Person person, ContactPoint proven) {
    return switch (proven.medium()) {
      case EMAIL -> new Identity(person, Set.of(), Set.of(address(proven.address())));
      case SMS -> new Identity(person, Set.of(asCanvasPhone(proven.address())), Set.of());
    };
  }

  /** The data in the request, whether or not a contact point is proved. */
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
   * Whether the record has the person's name and birth date, and a contact point of theirs that is
   * in use.
   *
   * @param today the day on which the contact point has to be in use
   */
  public boolean matchesWithContactInUse(Patient found, LocalDate today) {
    return isSamePerson(found) && hasContact(found, one -> one.isInUse(today));
  }

  /**
   * Whether the record has contact points of the person, but none of them is still in use. Former
   * contact points may belong to somebody else by now. So such a record is not used, even if an
   * earlier booking found it or it carries our identifier.
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

  /**
   * Whether the record is active and has this name and birth date. Its contact points do not count.
   */
  public boolean isSamePerson(Patient found) {
    return !Boolean.FALSE.equals(found.active())
        && person.birthDate().equals(found.birthDate())
        && found.officialName().map(this::hasName).orElse(false);
  }

  /**
   * Whether the patient gave no contact point of their own. If so, we can find a record that we
   * created for them only by our identifier.
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
   * The digest as earlier versions computed it, which compared names in another way. For most
   * people it equals {@link #digest}. An earlier version may have created a record for a child
   * without a contact point of its own. If the two digests differ, only the former digest finds
   * that record.
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
   * A phone number as Canvas stores it. Numbers with the country code 1 are stored without it,
   * others in E.164. The input may contain spaces, brackets, hyphens and the like.
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

  /** The text in lower case and in Unicode's composed form (NFC), without spaces around it. */
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
   * Whether the person's given name equals the first of these names, or the first few of them
   * joined. A chart may contain middle names that the person leaves out, and it stores the parts of
   * a double name separately.
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

  /**
   * The form in which names are compared. A name without any letter, mark or digit stays as it is,
   * since a chart may have "-" for a missing name.
   */
  private static String normalName(String name) {
    String visible = VisibleText.withoutInvisible(name);
    String letters = letters(Normalizer.normalize(letters(visible), Normalizer.Form.NFKD));
    String form = letters.isEmpty() ? visible.strip() : letters;
    return Normalizer.normalize(withoutCase(form), Normalizer.Form.NFC);
  }

  /**
   * Removes differences of case. Without the first conversion to lower case, the capital sharp s
   * would not become the same two letters as the small sharp s.
   */
  private static String withoutCase(String form) {
    return form.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static String letters(String text) {
    return NOT_PART_OF_A_NAME.matcher(text).replaceAll("");
  }
}
