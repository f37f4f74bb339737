package clinic.scheduling.booking;

import clinic.scheduling.booking.BookingRequest.Person;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Canvas patient that a person is. Exactly one record with this name and birth date and one of
 * these contact points is used; none makes a new one; several are for the clinic to sort out.
 */
@Singleton
class Patients {
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static final String ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code";

  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Canvas canvas;
  private final Ledger ledger;
  private final byte[] digestKey;

  Patients(Canvas canvas, Ledger ledger, SignedTokens tokens) {
    this.canvas = canvas;
    this.ledger = ledger;
    this.digestKey = tokens.digestKey("patient");
  }

  /**
   * The Canvas patient key; empty if the clinic has to decide.
   *
   * @throws UnavailableException if it is not known whether a new record was made
   */
  Optional<String> find(Person person) {
    List<Patient> matching = matching(person);
    return switch (matching.size()) {
      case 0 -> made(person);
      case 1 -> Optional.ofNullable(matching.get(0).id());
      default -> Optional.empty();
    };
  }

  /** Canvas checks no duplicates, so of two bookings at once for a new patient one makes them. */
  private Optional<String> made(Person person) {
    RowKey name = new RowKey("patient#" + digest(person), "made");
    Claim claim = ledger.claim(name, "made", LEASE);
    if (claim instanceof Claim.Granted granted) {
      return Optional.of(make(person, granted.fence()));
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      return Optional.of(make(person, doubtful.fence()));
    }
    if (claim instanceof Claim.AlreadyDone done) {
      return canvas.patient(done.entry().external()).map(found -> done.entry().external());
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(2));
  }

  private String make(Person person, Fence fence) {
    try {
      List<Patient> meanwhile = matching(person);
      String id = meanwhile.size() == 1 ? id(meanwhile.get(0)) : create(person);
      ledger.done(fence, id);
      return id;
    } catch (UnavailableException e) {
      ledger.doubt(fence);
      throw e;
    }
  }

  private List<Patient> matching(Person person) {
    return canvas.patients(person.family(), person.given(), person.birthDate()).stream()
        .filter(found -> isSame(found, person))
        .toList();
  }

  private String digest(Person person) {
    return Digest.keyed(
        digestKey,
        folded(person.family()),
        folded(person.given()),
        person.birthDate().value(),
        digits(person.phone()),
        folded(person.email()));
  }

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }

  private String create(Person person) {
    WriteOutcome outcome = canvas.create(form(person));
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  /** Canvas matches parts of names, so everything is compared again here. */
  private static boolean isSame(Patient found, Person person) {
    boolean sameBirthDate = person.birthDate().equals(found.birthDate());
    boolean sameName = found.officialName().map(name -> isSame(name, person)).orElse(false);
    boolean samePhone =
        found.contacts("phone").stream()
            .anyMatch(one -> digits(one.value()).equals(digits(person.phone())));
    boolean sameEmail =
        found.contacts("email").stream()
            .anyMatch(one -> folded(one.value()).equals(folded(person.email())));
    return sameBirthDate && sameName && (samePhone || sameEmail);
  }

  private static boolean isSame(HumanName name, Person person) {
    List<Phi<String>> given = name.given() == null ? List.of() : name.given();
    return folded(name.family()).equals(folded(person.family()))
        && given.stream()
            .findFirst()
            .map(first -> folded(first).equals(folded(person.given())))
            .orElse(false);
  }

  private static Patient form(Person person) {
    List<Extension> extensions = new ArrayList<>();
    extensions.add(Extension.ofCode(BIRTH_SEX, "UNK"));
    person.timezone().ifPresent(zone -> extensions.add(Extension.ofCode(ZONE, zone)));
    return new Patient(
        "Patient",
        null,
        extensions,
        true,
        List.of(new HumanName("official", null, person.family(), List.of(person.given()))),
        List.of(
            Telecom.of("phone", "mobile", Phi.of(digits(person.phone())), person.consent().sms()),
            Telecom.of("email", "home", person.email(), person.consent().email())),
        null,
        "unknown",
        person.birthDate());
  }

  /** The last ten digits: Canvas keeps numbers of the United States without their country code. */
  private static String digits(@Nullable Phi<String> phone) {
    String digits = phone == null ? "" : phone.value().replaceAll("[^0-9]", "");
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }

  private static String folded(@Nullable Phi<String> text) {
    return text == null ? "" : text.value().strip().toLowerCase(Locale.ROOT);
  }
}
