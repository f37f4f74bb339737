package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.booking.request.Identity;
import clinic.scheduling.booking.request.Pauses;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.SearchTooLargeException;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.verification.ContactPoint;
import clinic.scheduling.core.verification.ContactPoint.Medium;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.BookingJournal.Subject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the Canvas patient record of a person. If exactly one record has the person's name, birth
 * date and one of their contact points, we use that record. If the caller had to prove a contact
 * point, only that one counts. If no record does, we create one with an identifier of ours, so that
 * we can find it again. If several records do, or if Canvas refuses the new record, the patient has
 * to call the clinic.
 *
 * <p>Some practices enter the same day for all unknown birth dates. If more records have the birth
 * date than we can read, we read only those that also have the name or one of the contact points.
 *
 * <p>A person whom Canvas knows causes as many calls to Canvas and to the table as a person whom it
 * does not know. So neither the answer nor its duration tells a caller whether Canvas knows the
 * person (docs/decisions/0013-how-a-booking-stays-one.md).
 */
@Singleton
class MatchPatient {
  private static final Log LOG = Log.of(MatchPatient.class);

  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static final String ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code";

  /**
   * How long the claim on a person lasts if the process dies. A create begins at most 12 seconds
   * after its request, and takes effect within another 30 seconds or never. So the claim lasts for
   * more than 42 seconds. The lease of a request lasts longer than this claim. So a repeat that has
   * waited for the lease of its request does not have to wait for this claim as well.
   */
  private static final Duration LEASE = Duration.ofSeconds(45);

  /** How many times a booking waits for another booking of the same person. */
  private static final int WAITS = 25;

  private static final Duration EACH_WAIT = Duration.ofMillis(200);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Canvas canvas;
  private final Ledger ledger;
  private final BookingJournal journal;
  private final Pauses pauses;
  private final CallBudget budget;
  private final Clock clock;
  private final byte[] digestKey;
  private final String system;

  MatchPatient(
      Canvas canvas,
      Ledger ledger,
      BookingJournal journal,
      Pauses pauses,
      CallBudget budget,
      Clock clock,
      SignedTokens tokens,
      IdentifierSystem system) {
    this.canvas = canvas;
    this.ledger = ledger;
    this.journal = journal;
    this.pauses = pauses;
    this.budget = budget;
    this.clock = clock;
    this.digestKey = tokens.digestKey("patient");
    this.system = system.uri();
  }

  /**
   * Returns the key of the patient whom the caller's token names. Empty if Canvas has no such
   * patient, or one with another birth date. So a parent who has signed in cannot book a child's
   * visit in the parent's record.
   *
   * @param key the Canvas patient key in the token
   */
  Optional<String> signedIn(String key, BookingRequest request) {
    return canvas
        .patient(key)
        .filter(found -> request.patient().birthDate().equals(found.birthDate()))
        .map(MatchPatient::id);
  }

  /**
   * Finds or creates the patient's record, and returns its Canvas patient key. Empty if the patient
   * has to call the clinic.
   *
   * @throws UnavailableException if the record could not be found or created now; a new record may
   *     have been created, and a repeat of the request finds out
   */
  Optional<String> find(BookingCommand command) {
    try {
      return findOrCreate(command);
    } catch (SearchTooLargeException e) {
      LOG.error("too-many-born-that-day");
      return Optional.empty();
    }
  }

  /**
   * Each booking claims the person in the ledger, even if an earlier booking has found their
   * record. So the number of writes to the table is the same for everybody.
   */
  private Optional<String> findOrCreate(BookingCommand command) {
    Identity identity = Identity.of(command);
    String digest = identity.digest(digestKey);
    Claim claim = claim(digest, Digest.of(command.bookingId()));
    // Read this only after the claim. Until then, another booking may try to create the record.
    Optional<Duration> mayStillLand = journal.mayStillLand(Subject.ofPatient(digest));
    boolean byIdentifier =
        claim.asInDoubt().isPresent()
            || identity.hasNoOwnContact()
            || command.proven().isPresent(); // a carer's contact point is in no record of ours
    Optional<String> known = Optional.of(claim.known().external()).filter(id -> !id.isEmpty());
    Search search =
        new Search(identity, digest, command.proven(), byIdentifier, known, mayStillLand);
    Optional<Fence> fence = claim.won();
    return fence.isPresent()
        ? settleClaim(search, fence.get())
        : recheckKnown(search, search.known(), records(search));
  }

  /**
   * Lets concurrent bookings of one person run one after another. Canvas does not check for
   * duplicates, so two concurrent bookings of a new patient could otherwise create two records.
   * Bookings of a known patient wait as well. Otherwise the duration of two concurrent bookings
   * would tell whether Canvas knows the patient.
   */
  private Claim claim(String digest, String fingerprint) {
    RowKey person = new RowKey("patient#" + digest, "made");
    for (int attempt = 0; attempt < WAITS; attempt++) {
      Claim claim = ledger.claim(person, fingerprint, LEASE);
      if (!claim.isBusy()) {
        return claim;
      }
      budget.require(CallTimes.WRITE_AND_SEARCH);
      pauses.pause(EACH_WAIT);
    }
    throw new UnavailableException("canvas", RETRY);
  }

  /**
   * @param digest the keyed digest of the person, which is our identifier of the record
   * @param proven the contact point that the caller has proved to be theirs
   * @param byIdentifier whether to search by identifier too, since only that may find the record
   * @param known the record that an earlier booking found or created
   * @param mayStillLand for how long an earlier create of the record may still take effect; empty
   *     if it no longer can
   */
  private record Search(
      Identity identity,
      String digest,
      Optional<ContactPoint> proven,
      boolean byIdentifier,
      Optional<String> known,
      Optional<Duration> mayStillLand) {}

  /**
   * The Canvas records that may belong to this person.
   *
   * @param matching the records that match the person
   * @param former the ids of the records that have contact points of the person, none of which is
   *     still in use
   */
  private record Records(List<Patient> matching, Set<String> former) {}

  private Optional<String> settleClaim(Search search, Fence fence) {
    try {
      Records records = records(search);
      Optional<String> known =
          search
              .known()
              .filter(id -> !records.former().contains(id))
              .filter(id -> isAttachable(search, records, id));
      Optional<String> id =
          known.isPresent() ? recheckKnown(search, known, records) : useOrCreate(search, records);
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

  /**
   * Whether a record that an earlier booking found or created may be used again. If the caller had
   * to prove a contact point, the record has to have it, or our identifier, which only bookings
   * with the same proof give.
   */
  private boolean isAttachable(Search search, Records records, String id) {
    return search.proven().isEmpty()
        || records.matching().stream().anyMatch(one -> id(one).equals(id))
        || canvas
            .patient(id)
            .filter(
                found ->
                    search.identity().matchesWithContactInUse(found, today())
                        || found.hasIdentifier(system, search.digest()))
            .isPresent();
  }

  /**
   * Uses the only record that matches, or creates one if none matches. Empty if several records
   * match. As long as an earlier create may still take effect, this throws {@link
   * UnavailableException}, unless a record with our identifier is found.
   */
  private Optional<String> useOrCreate(Search search, Records records) {
    boolean hasOurIdentifier =
        records.matching().stream().anyMatch(one -> one.hasIdentifier(system, search.digest()));
    if (search.mayStillLand().isPresent() && !hasOurIdentifier) {
      throw new UnavailableException("canvas", search.mayStillLand().get());
    }
    return switch (records.matching().size()) {
      case 0 -> create(search);
      case 1 -> Optional.of(readAgain(records.matching().get(0)));
      default -> Optional.empty();
    };
  }

  /**
   * Reads the only record that matches. If none matches, reads the record that an earlier booking
   * found or created. Empty if several records match, or if the record is no longer active or has
   * another name or birth date now.
   */
  private Optional<String> recheckKnown(Search search, Optional<String> known, Records records) {
    if (records.matching().size() > 1) {
      return Optional.empty();
    }
    String id =
        records.matching().stream().findFirst().map(MatchPatient::id).or(() -> known).orElse("");
    return canvas.patient(id).filter(search.identity()::isSamePerson).map(found -> id);
  }

  /**
   * Reads the record once more, so that using a record takes as many calls as creating one. If
   * Canvas no longer has the record, this throws the same exception as if Canvas had not answered.
   */
  private String readAgain(Patient found) {
    return canvas
        .patient(id(found))
        .map(MatchPatient::id)
        .orElseThrow(() -> new UnavailableException("canvas", RETRY));
  }

  /**
   * Searches Canvas by birth date, and compares names and contact points here, since Canvas does
   * not say how it compares names. Whether we also search by identifier must not depend on the
   * result of the first search. Otherwise the duration would tell whether Canvas knows the person.
   */
  private Records records(Search search) {
    Identity identity = search.identity();
    List<Patient> born = bornSameDay(identity);
    List<Patient> found =
        born.stream().filter(one -> identity.matchesWithContactInUse(one, today())).toList();
    List<Patient> identified = search.byIdentifier() ? identified(search) : List.of();
    Set<String> former =
        born.stream()
            .filter(one -> identity.hasOnlyFormerContacts(one, today()))
            .map(MatchPatient::id)
            .collect(Collectors.toSet());
    return new Records(found.isEmpty() ? identified : found, former);
  }

  /**
   * Returns all patients who were born on this person's birth date. If there are too many, returns
   * only those who also have the name or one of the contact points. The searches are the same
   * whether or not Canvas knows the person.
   */
  private List<Patient> bornSameDay(Identity identity) {
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

  /**
   * Returns the records that have the name, the birth date and our identifier of this person. The
   * identifier may have its present form, or the one of earlier versions. Leaves out the records of
   * {@link Identity#hasOnlyFormerContacts}.
   */
  private List<Patient> identified(Search search) {
    Identity identity = search.identity();
    return Stream.of(search.digest(), identity.formerDigest(digestKey))
        .distinct()
        .flatMap(name -> canvas.patientsByIdentifier(system, name).stream())
        .filter(one -> identity.isSamePerson(one) && !identity.hasOnlyFormerContacts(one, today()))
        .toList();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private Optional<String> create(Search search) {
    return create(search, search.proven());
  }

  /**
   * @param proven the contact point that the record shows as proved
   */
  private Optional<String> create(Search search, Optional<ContactPoint> proven) {
    Identifier identifier = Identifier.usual(system, search.digest());
    return canvas
        .create(newPatient(search.identity().person(), identifier, proven))
        .accept(new AfterCreate(search, proven.isPresent()));
  }

  /** Handles each answer of Canvas to the create of a record. */
  private final class AfterCreate implements WriteOutcome.Visitor<Optional<String>> {
    private final Search search;
    private final boolean showsProof;

    AfterCreate(Search search, boolean showsProof) {
      this.search = search;
      this.showsProof = showsProof;
    }

    @Override
    public Optional<String> written(WriteOutcome.Written outcome) {
      return Optional.of(outcome.id());
    }

    /**
     * In Canvas, a contact point can be a verified one of one patient only, and families share
     * addresses (docs/facts/canvas.md 7). So a record that shows the proof is created again without
     * it. Otherwise the clinic has to find out why Canvas refuses the record.
     */
    @Override
    public Optional<String> refused(WriteOutcome.Refused outcome) {
      if (showsProof) {
        LOG.warn("proof-not-charted", "status", outcome.status(), "code", outcome.code());
        budget.require(CallTimes.WRITE_AND_SEARCH);
        return create(search, Optional.empty());
      }
      LOG.error("patient-refused", "status", outcome.status(), "code", outcome.code());
      return Optional.empty();
    }

    @Override
    public Optional<String> unknown(WriteOutcome.Unknown outcome) {
      journal.noteUnsettled(Subject.ofPatient(search.digest()), outcome.mayLandWithin());
      return Optional.of(
          identified(search).stream()
              .findFirst()
              .map(MatchPatient::id)
              .orElseThrow(() -> new UnavailableException("canvas", outcome.retryAfter())));
    }

    @Override
    public Optional<String> timeTaken(WriteOutcome.TimeTaken outcome) {
      throw unexpected();
    }

    @Override
    public Optional<String> changed(WriteOutcome.Changed outcome) {
      throw unexpected();
    }

    @Override
    public Optional<String> absent(WriteOutcome.Absent outcome) {
      throw unexpected();
    }

    private static UnavailableException unexpected() {
      return new UnavailableException("canvas", Duration.ofSeconds(3));
    }
  }

  /**
   * The Patient resource that we send to Canvas (docs/facts/canvas.md 4.1). Canvas has one mark for
   * consent and verification, and sends its own reminders to a contact point that has the mark. So
   * only a contact point that the caller has proved, and agreed to get messages at, has it.
   */
  static Patient newPatient(
      BookingRequest.Person person, Identifier identifier, Optional<ContactPoint> proven) {
    List<Extension> extensions = new ArrayList<>();
    extensions.add(Extension.ofCode(BIRTH_SEX, person.birthSex()));
    person.timezone().ifPresent(zone -> extensions.add(Extension.ofCode(ZONE, zone)));
    List<Telecom> contacts = new ArrayList<>();
    person
        .phone()
        .map(
            phone ->
                Telecom.of(
                    "phone",
                    "mobile",
                    Phi.of(Identity.asCanvasPhone(phone)),
                    person.consent().sms() && isProven(Medium.SMS, phone, proven)))
        .ifPresent(contacts::add);
    person
        .email()
        .map(
            email ->
                Telecom.of(
                    "email",
                    "home",
                    email,
                    person.consent().email() && isProven(Medium.EMAIL, email, proven)))
        .ifPresent(contacts::add);
    return new Patient(
        "Patient",
        null,
        extensions,
        List.of(identifier),
        true,
        List.of(new HumanName("official", null, person.family(), List.of(person.given()))),
        contacts.isEmpty() ? null : contacts,
        null,
        "unknown",
        person.birthDate());
  }

  private static boolean isProven(
      Medium medium, Phi<String> address, Optional<ContactPoint> proven) {
    String typed = new ContactPoint(medium, address).normalized().value();
    return proven
        .filter(one -> one.medium() == medium && one.normalized().value().equals(typed))
        .isPresent();
  }

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }
}
