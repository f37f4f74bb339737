package clinic.scheduling.booking;

import clinic.scheduling.booking.BookingRequest.Booker;
import clinic.scheduling.booking.BookingRequest.Person;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.contact.EmailAddress;
import clinic.scheduling.core.contact.PhoneNumber;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what a person is known again: name, birth date, and a phone number or e-mail address. That of
 * a carer counts as well, since a child's record often holds the parent's. Pure.
 */
record Identity(Person person, Set<String> phones, Set<String> emails) {

  static Identity of(BookingRequest request) {
    return new Identity(
        request.patient(),
        Stream.concat(
                request.patient().phone().stream(), request.booker().map(Booker::phone).stream())
            .map(Identity::number)
            .collect(Collectors.toUnmodifiableSet()),
        Stream.concat(
                request.patient().email().stream(), request.booker().map(Booker::email).stream())
            .map(Identity::address)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Canvas was asked for the birth date, so everything else is compared here.
   *
   * @param today what is the patient's no more, or not yet, identifies nobody
   */
  boolean isOf(Patient found, LocalDate today) {
    return isSamePerson(found) && holds(found, one -> one.isInUse(today));
  }

  /**
   * Whether a record holds these contact points as ones that are no more in use: neither an earlier
   * booking nor an identifier of ours makes it the record of whoever gives them now.
   */
  boolean isFormer(Patient found, LocalDate today) {
    return holds(found, one -> true) && !holds(found, one -> one.isInUse(today));
  }

  private boolean holds(Patient found, Predicate<Telecom> which) {
    return found.contacts("phone").stream()
            .filter(which)
            .anyMatch(one -> phones.contains(number(one.value())))
        || found.contacts("email").stream()
            .filter(which)
            .anyMatch(one -> emails.contains(address(one.value())));
  }

  /** Name and birth date of an active record, whatever its contact points. */
  boolean isSamePerson(Patient found) {
    return !Boolean.FALSE.equals(found.active())
        && person.birthDate().equals(found.birthDate())
        && found.officialName().map(this::hasName).orElse(false);
  }

  /** Whether nothing in a record of this person could be found again but its identifier. */
  boolean hasNoContactOfItsOwn() {
    return person.phone().isEmpty() && person.email().isEmpty();
  }

  /** One name for the same person, from which the person cannot be read. */
  String digest(byte[] key) {
    return digest(key, NameForm.of(person.family()), NameForm.of(person.given()));
  }

  /**
   * The name by which records were made before names had one form: in most cases the same one.
   * Where it is another one, a child without a contact of its own is found by it alone.
   */
  String formerDigest(byte[] key) {
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
   * Canvas keeps numbers of the United States without their country code, others as E.164; people
   * have typed and pasted them in every form.
   */
  static String number(@Nullable Phi<String> phone) {
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

  /** Without regard to case, to how accents are written, and to space around. */
  static String folded(@Nullable Phi<String> text) {
    return text == null
        ? ""
        : Normalizer.normalize(text.value(), Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
  }

  private boolean hasName(HumanName name) {
    return NameForm.of(name.family()).equals(NameForm.of(person.family()))
        && NameForm.isGiven(name.given(), person.given());
  }
}
