package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.BookingRequest.Person;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Canvas patient that a person is. Exactly one record with this name and birth date and one of
 * these contact points is used; none makes a new one, which carries an identifier of ours by which
 * it is found again; several are for the clinic to sort out.
 *
 * <p>Canvas is called as often for a person whom it knows as for one whom it does not, so that
 * neither an answer nor its time tells which.
 */
@Singleton
class Patients {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Canvas canvas;
  private final Ledger ledger;
  private final Attempts attempts;
  private final byte[] digestKey;
  private final String system;

  /**
   * @param system {@code CANVAS_IDENTIFIER_SYSTEM}: the system of our identifiers
   */
  Patients(
      Canvas canvas,
      Ledger ledger,
      Attempts attempts,
      SignedTokens tokens,
      @ConfigProperty(name = "CANVAS_IDENTIFIER_SYSTEM") String system) {
    this.system = system;
    this.canvas = canvas;
    this.ledger = ledger;
    this.attempts = attempts;
    this.digestKey = tokens.digestKey("patient");
  }

  /**
   * The Canvas patient key; empty if the clinic has to decide.
   *
   * @throws UnavailableException if it is not known whether a new record was made
   */
  Optional<String> find(BookingRequest request) {
    Identity identity = Identity.of(request);
    String digest = identity.digest(digestKey);
    RowKey made = new RowKey("patient#" + digest, "made");
    RowKey unanswered = new RowKey("patient#" + digest, "unanswered");
    attempts.waitForEarlier(unanswered);
    Claim claim = ledger.claim(made, "made", LEASE);
    if (claim instanceof Claim.Granted granted) {
      boolean byName = identity.hasNoContactOfItsOwn();
      return brought(new Search(identity, digest, byName), granted.fence(), unanswered);
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      return brought(new Search(identity, digest, true), doubtful.fence(), unanswered);
    }
    if (claim instanceof Claim.AlreadyDone done) {
      return settled(identity, done.entry().external());
    }
    return alreadyKnown(identity)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
  }

  /**
   * The patient whom a signed-in site names, and nobody else: a parent who is signed in does not
   * book for a child in the parent's record.
   */
  Optional<String> named(String key, BookingRequest request) {
    return canvas
        .patient(key)
        .filter(found -> request.patient().birthDate().equals(found.birthDate()))
        .map(Patients::id);
  }

  /**
   * @param byName whether a record may stand that only its identifier finds
   */
  private record Search(Identity identity, String digest, boolean byName) {}

  /** Another booking for the same person is at work: a record that stands already may be used. */
  private Optional<Optional<String>> alreadyKnown(Identity identity) {
    List<Patient> matching = matching(identity);
    return switch (matching.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Optional.of(stillThere(matching.get(0))));
      default -> Optional.of(Optional.empty());
    };
  }

  /** Canvas checks no duplicates, so of two bookings at once for a new patient one makes them. */
  private Optional<String> brought(Search search, Fence fence, RowKey unanswered) {
    try {
      List<Patient> matching = matching(search);
      if (matching.size() > 1) {
        ledger.doubt(fence);
        return Optional.empty();
      }
      String id = matching.isEmpty() ? create(search, unanswered) : stillThere(matching.get(0));
      ledger.done(fence, id);
      return Optional.of(id);
    } catch (UnavailableException e) {
      ledger.doubt(fence);
      throw e;
    }
  }

  /** Found or made before: the clinic may have merged, doubled or corrected the record since. */
  private Optional<String> settled(Identity identity, String known) {
    List<Patient> matching = matching(identity);
    if (matching.size() > 1) {
      return Optional.empty();
    }
    String id = matching.isEmpty() ? known : id(matching.get(0));
    return canvas.patient(id).filter(identity::isSamePerson).map(found -> id);
  }

  /** As long a call as a create; a record that is gone by now is read as not answered. */
  private String stillThere(Patient found) {
    return canvas
        .patient(id(found))
        .map(Patients::id)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
  }

  private List<Patient> matching(Search search) {
    List<Patient> found = matching(search.identity());
    return found.isEmpty() && search.byName()
        ? canvas.patientsNamed(system, search.digest()).stream()
            .filter(search.identity()::isSamePerson)
            .toList()
        : found;
  }

  private List<Patient> matching(Identity identity) {
    Person person = identity.person();
    return canvas.patients(person.family(), person.given(), person.birthDate()).stream()
        .filter(identity::isOf)
        .toList();
  }

  private String create(Search search, RowKey unanswered) {
    Identifier name = Identifier.usual(system, search.digest());
    WriteOutcome outcome = canvas.create(PatientForm.of(search.identity().person(), name));
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    if (outcome instanceof WriteOutcome.Unknown unknown && !unknown.answered()) {
      attempts.unanswered(unanswered);
    }
    if (outcome instanceof WriteOutcome.Refused refused) {
      LOG.error("patient-refused", "status", refused.status(), "code", refused.code());
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }
}
