package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.SearchTooLargeException;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Canvas patient that a person is. Exactly one record with this name and birth date and one of
 * these contact points is used; none makes a new one, which carries an identifier of ours by which
 * it is found again; several, or one that Canvas refuses to make, are for the clinic to sort out.
 *
 * <p>Where more people than can be read have one birth date, only those with the contact points or
 * the name are compared; where these too are more, the clinic sorts it out.
 *
 * <p>Canvas is called as often for a person whom it knows as for one whom it does not, so that
 * neither an answer nor its time tells which.
 */
@Singleton
class Patients {
  private static final String UNSETTLED = "unsettled";

  /**
   * After a crash: a create begins within 12 s of its request and lands within 30 s or never. Less
   * than the lease of a request, so that a repeat after that one need not wait for this one.
   */
  private static final Duration LEASE = Duration.ofSeconds(45);

  /** How often, and how long each time, a booking waits for another one of the same person. */
  private static final int LOOKS = 25;

  private static final Duration EACH_LOOK = Duration.ofMillis(200);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Canvas canvas;
  private final Ledger ledger;
  private final Attempts attempts;
  private final Pauses pauses;
  private final CallBudget time;
  private final Clock clock;
  private final byte[] digestKey;
  private final String system;

  Patients(
      Canvas canvas,
      Ledger ledger,
      Attempts attempts,
      Pauses pauses,
      CallBudget time,
      Clock clock,
      SignedTokens tokens,
      IdentifierSystem system) {
    this.system = system.uri();
    this.canvas = canvas;
    this.ledger = ledger;
    this.attempts = attempts;
    this.pauses = pauses;
    this.time = time;
    this.clock = clock;
    this.digestKey = tokens.digestKey("patient");
  }

  /**
   * The Canvas patient key; empty if the clinic has to decide. Each booking claims the person anew,
   * so that the table too is written as often for one who has booked before.
   *
   * @throws UnavailableException if it is not known whether a new record was made
   */
  Optional<String> find(BookingCommand wish) {
    try {
      return inOneChart(wish);
    } catch (SearchTooLargeException e) {
      LOG.error("too-many-born-that-day");
      return Optional.empty();
    }
  }

  private Optional<String> inOneChart(BookingCommand wish) {
    Identity identity = Identity.of(wish.request());
    String digest = identity.digest(digestKey);
    Claim claim = inTurn(row(digest, "made"), Digest.of(wish.bookingId()));
    // Asked after the claim: until then another booking may have tried a create.
    Optional<Duration> mayStillLand = attempts.mayStillLand(row(digest, UNSETTLED));
    boolean byName = claim instanceof Claim.InDoubt || identity.hasNoContactOfItsOwn();
    Search search = new Search(identity, digest, byName, known(claim), mayStillLand);
    if (claim instanceof Claim.Granted granted) {
      return brought(search, granted.fence());
    }
    return claim instanceof Claim.InDoubt doubtful
        ? brought(search, doubtful.fence())
        : settled(search, search.known(), held(search));
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
   * @param mayStillLand for how long yet an earlier create of the record may take effect
   */
  private record Search(
      Identity identity,
      String digest,
      boolean byName,
      Optional<String> known,
      Optional<Duration> mayStillLand) {}

  /**
   * What Canvas holds of a person.
   *
   * @param fitting the records that are theirs
   * @param former those in which what they gave is a contact point no more: somebody else's by now
   */
  private record Held(List<Patient> fitting, Set<String> former) {}

  private static Optional<String> known(Claim claim) {
    if (claim instanceof Claim.Granted granted) {
      return known(granted.before());
    }
    return claim instanceof Claim.InDoubt doubtful
        ? known(doubtful.before())
        : known(((Claim.AlreadyDone) claim).entry());
  }

  private static Optional<String> known(Entry entry) {
    return Optional.of(entry.external()).filter(id -> !id.isEmpty());
  }

  /**
   * Bookings of one person come one after another. Canvas checks no duplicates, so of two at once
   * for a new patient one makes the record. Those of a patient whom Canvas knows wait in the same
   * way, though they could go on: otherwise two bookings at once would tell who is known.
   */
  private Claim inTurn(RowKey name, String fingerprint) {
    for (int look = 0; look < LOOKS; look++) {
      Claim claim = ledger.claim(name, fingerprint, LEASE);
      if (!(claim instanceof Claim.Busy)) {
        return claim;
      }
      time.require(BookAppointment.SETTLING);
      pauses.pause(EACH_LOOK);
    }
    throw new UnavailableException("canvas", RETRY);
  }

  private Optional<String> brought(Search search, Fence fence) {
    try {
      Held held = held(search);
      Optional<String> known = search.known().filter(id -> !held.former().contains(id));
      Optional<String> id =
          known.isPresent() ? settled(search, known, held) : foundOrMade(search, held);
      if (id.isPresent() || known.isPresent()) {
        ledger.done(fence, id.or(() -> known).orElseThrow());
      } else {
        ledger.doubt(fence);
      }
      return id;
    } catch (UnavailableException e) {
      ledger.doubt(fence);
      throw e;
    }
  }

  /** While an earlier create may still land, only the record that it made is gone on with. */
  private Optional<String> foundOrMade(Search search, Held held) {
    boolean ours = held.fitting().stream().anyMatch(one -> one.isNamed(system, search.digest()));
    if (search.mayStillLand().isPresent() && !ours) {
      throw new UnavailableException("canvas", search.mayStillLand().get());
    }
    return switch (held.fitting().size()) {
      case 0 -> create(search);
      case 1 -> Optional.of(stillThere(held.fitting().get(0)));
      default -> Optional.empty();
    };
  }

  /** Found or made before: the clinic may have merged, doubled or corrected the record since. */
  private Optional<String> settled(Search search, Optional<String> known, Held held) {
    if (held.fitting().size() > 1) {
      return Optional.empty();
    }
    String id = held.fitting().stream().findFirst().map(Patients::id).or(() -> known).orElse("");
    return canvas.patient(id).filter(search.identity()::isSamePerson).map(found -> id);
  }

  /** As long a call as a create; a record that is gone by now is read as not answered. */
  private String stillThere(Patient found) {
    return canvas
        .patient(id(found))
        .map(Patients::id)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
  }

  /**
   * By birth date, compared by name and contact: Canvas does not say how it compares names. A
   * search by identifier is made or not whatever the first one found.
   */
  private Held held(Search search) {
    Identity identity = search.identity();
    List<Patient> born = born(identity);
    List<Patient> found = born.stream().filter(one -> identity.isOf(one, today())).toList();
    List<Patient> named = search.byName() ? named(search) : List.of();
    Set<String> former =
        born.stream()
            .filter(one -> identity.isFormer(one, today()))
            .map(Patients::id)
            .collect(Collectors.toSet());
    return new Held(found.isEmpty() ? named : found, former);
  }

  /**
   * Those born on the day of this person: all of them, or, where a practice uses that day for
   * whoever's birth date it does not know, those who have one of the contacts or the name. The day
   * and what was typed decide what is asked, not whom Canvas knows.
   */
  private List<Patient> born(Identity identity) {
    Phi<String> day = identity.person().birthDate();
    try {
      return canvas.patientsBorn(day);
    } catch (SearchTooLargeException e) {
      Map<String, Patient> some = new LinkedHashMap<>();
      identity.phones().stream()
          .flatMap(phone -> canvas.patientsBorn(day, "phone", phone).stream())
          .forEach(one -> some.put(id(one), one));
      identity.emails().stream()
          .flatMap(email -> canvas.patientsBorn(day, "email", email).stream())
          .forEach(one -> some.put(id(one), one));
      canvas
          .patientsBorn(day, identity.person().family(), identity.person().given())
          .forEach(one -> some.put(id(one), one));
      return List.copyOf(some.values());
    }
  }

  /** What carries our identifier of this person, or the one that we would once have given. */
  private List<Patient> named(Search search) {
    Identity identity = search.identity();
    return Stream.of(search.digest(), identity.formerDigest(digestKey))
        .distinct()
        .flatMap(name -> canvas.patientsNamed(system, name).stream())
        .filter(one -> identity.isSamePerson(one) && !identity.isFormer(one, today()))
        .toList();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Empty if Canvas makes no record of this person: the clinic has to see why. */
  private Optional<String> create(Search search) {
    Identifier name = Identifier.usual(system, search.digest());
    WriteOutcome outcome = canvas.create(PatientForm.of(search.identity().person(), name));
    if (outcome instanceof WriteOutcome.Written written) {
      return Optional.of(written.id());
    }
    if (outcome instanceof WriteOutcome.Unknown unknown) {
      attempts.unsettled(row(search.digest(), UNSETTLED), unknown);
      Patient made =
          named(search).stream()
              .findFirst()
              .orElseThrow(() -> new UnavailableException("canvas", unknown.retryAfter()));
      return Optional.of(id(made));
    }
    if (outcome instanceof WriteOutcome.Refused refused) {
      LOG.error("patient-refused", "status", refused.status(), "code", refused.code());
      return Optional.empty();
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  private static RowKey row(String digest, String what) {
    return new RowKey("patient#" + digest, what);
  }

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }
}
