package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.BookingRequest.Person;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
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
 * it is found again; several, or one that Canvas refuses to make, are for the clinic to sort out.
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
   * The Canvas patient key; empty if the clinic has to decide. Each booking claims the person anew,
   * so that the table too is written as often for one who has booked before.
   *
   * @throws UnavailableException if it is not known whether a new record was made
   */
  Optional<String> find(Wish wish) {
    Identity identity = Identity.of(wish.request());
    String digest = identity.digest(digestKey);
    RowKey unsettled = new RowKey("patient#" + digest, "unsettled");
    attempts.waitForEarlier(unsettled);
    Claim claim =
        ledger.claim(new RowKey("patient#" + digest, "made"), Digest.of(wish.bookingId()), LEASE);
    boolean byName = identity.hasNoContactOfItsOwn();
    if (claim instanceof Claim.Granted granted) {
      Search search = new Search(identity, digest, byName, known(granted.before()));
      return brought(search, granted.fence(), unsettled);
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      Search search = new Search(identity, digest, true, known(doubtful.before()));
      return brought(search, doubtful.fence(), unsettled);
    }
    if (claim instanceof Claim.AlreadyDone done) {
      return settled(new Search(identity, digest, byName, known(done.entry())));
    }
    Entry atWork = ((Claim.Busy) claim).entry();
    return meanwhile(new Search(identity, digest, byName, known(atWork)));
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
   * @param known the record that an earlier booking found or made
   */
  private record Search(Identity identity, String digest, boolean byName, Optional<String> known) {}

  private static Optional<String> known(Entry entry) {
    return Optional.of(entry.external()).filter(id -> !id.isEmpty());
  }

  /** Another booking for the same person is at work: a record that stands already may be used. */
  private Optional<String> meanwhile(Search search) {
    if (search.known().isEmpty() && matching(search).isEmpty()) {
      throw new UnavailableException("canvas", Duration.ofSeconds(2));
    }
    return settled(search);
  }

  /** Canvas checks no duplicates, so of two bookings at once for a new patient one makes them. */
  private Optional<String> brought(Search search, Fence fence, RowKey unsettled) {
    try {
      Optional<String> id =
          search.known().isPresent() ? settled(search) : foundOrMade(search, unsettled);
      if (id.isPresent() || search.known().isPresent()) {
        ledger.done(fence, id.or(search::known).orElseThrow());
      } else {
        ledger.doubt(fence);
      }
      return id;
    } catch (UnavailableException e) {
      ledger.doubt(fence);
      throw e;
    }
  }

  private Optional<String> foundOrMade(Search search, RowKey unsettled) {
    List<Patient> matching = matching(search);
    return switch (matching.size()) {
      case 0 -> create(search, unsettled);
      case 1 -> Optional.of(stillThere(matching.get(0)));
      default -> Optional.empty();
    };
  }

  /** Found or made before: the clinic may have merged, doubled or corrected the record since. */
  private Optional<String> settled(Search search) {
    List<Patient> matching = matching(search);
    if (matching.size() > 1) {
      return Optional.empty();
    }
    String id = matching.stream().findFirst().map(Patients::id).or(search::known).orElse("");
    return canvas.patient(id).filter(search.identity()::isSamePerson).map(found -> id);
  }

  /** As long a call as a create; a record that is gone by now is read as not answered. */
  private String stillThere(Patient found) {
    return canvas
        .patient(id(found))
        .map(Patients::id)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
  }

  /** By name and contact; a search by identifier is made or not whatever the first one found. */
  private List<Patient> matching(Search search) {
    Identity identity = search.identity();
    Person person = identity.person();
    List<Patient> found =
        canvas.patients(person.family(), person.given(), person.birthDate()).stream()
            .filter(identity::isOf)
            .toList();
    List<Patient> named =
        search.byName() ? canvas.patientsNamed(system, search.digest()) : List.of();
    return found.isEmpty() ? named.stream().filter(identity::isSamePerson).toList() : found;
  }

  /** Empty if Canvas makes no record of this person: the clinic has to see why. */
  private Optional<String> create(Search search, RowKey unsettled) {
    Identifier name = Identifier.usual(system, search.digest());
    WriteOutcome outcome = canvas.create(PatientForm.of(search.identity().person(), name));
    if (outcome instanceof WriteOutcome.Written written) {
      return Optional.of(written.id());
    }
    if (outcome instanceof WriteOutcome.Unknown unknown) {
      attempts.unsettled(unsettled, unknown);
      throw new UnavailableException("canvas", unknown.retryAfter());
    }
    if (outcome instanceof WriteOutcome.Refused refused) {
      LOG.error("patient-refused", "status", refused.status(), "code", refused.code());
      return Optional.empty();
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }
}
