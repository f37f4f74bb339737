package clinic.scheduling.booking;

import clinic.scheduling.booking.BookingRequest.Person;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
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

/**
 * The Canvas patient that a person is. Exactly one record with this name and birth date and one of
 * these contact points is used; none makes a new one; several are for the clinic to sort out.
 *
 * <p>Canvas is called as often, and the table written as often, for a person whom it knows as for
 * one whom it does not, so that neither an answer nor its time tells which.
 */
@Singleton
class Patients {
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
  Optional<String> find(BookingRequest request) {
    Identity identity = Identity.of(request);
    RowKey name = new RowKey("patient#" + identity.digest(digestKey), "made");
    Claim claim = ledger.claim(name, "made", LEASE);
    if (claim instanceof Claim.Granted granted) {
      return brought(request, identity, granted.fence());
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      return brought(request, identity, doubtful.fence());
    }
    if (claim instanceof Claim.AlreadyDone done) {
      return settled(identity, done.entry().external());
    }
    return alreadyKnown(identity)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
  }

  /** The patient whom a signed-in site names, and nobody else. */
  Optional<String> named(String key) {
    return canvas.patient(key).map(Patients::id);
  }

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
  private Optional<String> brought(BookingRequest request, Identity identity, Fence fence) {
    try {
      List<Patient> matching = matching(identity);
      if (matching.size() > 1) {
        ledger.doubt(fence);
        return Optional.empty();
      }
      String id = matching.isEmpty() ? create(request) : stillThere(matching.get(0));
      ledger.done(fence, id);
      return Optional.of(id);
    } catch (UnavailableException e) {
      ledger.doubt(fence);
      throw e;
    }
  }

  /** Found or made before: the clinic may have merged or doubled the record meanwhile. */
  private Optional<String> settled(Identity identity, String known) {
    List<Patient> matching = matching(identity);
    if (matching.size() > 1) {
      return Optional.empty();
    }
    String id = matching.isEmpty() ? known : id(matching.get(0));
    return canvas.patient(id).map(found -> id);
  }

  /** As long a call as a create; a record that is gone by now is read as not answered. */
  private String stillThere(Patient found) {
    return canvas
        .patient(id(found))
        .map(Patients::id)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
  }

  private List<Patient> matching(Identity identity) {
    Person person = identity.person();
    return canvas.patients(person.family(), person.given(), person.birthDate()).stream()
        .filter(identity::isOf)
        .toList();
  }

  private String create(BookingRequest request) {
    WriteOutcome outcome = canvas.create(PatientForm.of(request.patient()));
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }
}
