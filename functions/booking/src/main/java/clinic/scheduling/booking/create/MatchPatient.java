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
 * Finds the Canvas patient record of a person. If exactly one record has this name, this birth date
 * and one of these contact points, it is used. If none has, a new one is created under an
 * identifier of ours, by which it is found again. If there are several, or Canvas refuses to create
 * one, the clinic has to sort it out.
 *
 * <p>Some practices use one day for all unknown birth dates. If more people have this birth date
 * than we can read, we compare only those with one of the contact points or the name.
 *
 * <p>Known and unknown persons cost equally many calls to Canvas and to the table, so neither the
 * answer nor its duration tells them apart (docs/decisions/0013-how-a-booking-stays-one.md).
 */
@Singleton
class MatchPatient {
  private static final Log LOG = Log.of(MatchPatient.class);

  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static final String ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code";

  /**
   * How long the claim lasts if the process dies. It is longer than 42 seconds: a create begins
   * within 12 seconds of its request, and takes effect within another 30 or never. It is shorter
   * than the lease of a request, so that a repeat that has waited for that lease need not wait for
   * this one.
   */
  private static final Duration LEASE = Duration.ofSeconds(45);

  /** How often a booking waits for another one of the same person. */
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
   * The patient whom the caller's token names, if the birth date matches: a parent who has signed
   * in cannot book for a child in the parent's record.
   *
   * @param key the Canvas patient key
   */
  Optional<String> signedIn(String key, BookingRequest request) {
    return canvas
        .patient(key)
        .filter(found -> request.patient().birthDate().equals(found.birthDate()))
        .map(MatchPatient::id);
  }

  /**
   * The Canvas patient key; empty if the clinic has to decide.
   *
   * @throws UnavailableException if nobody knows whether a new record was created
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
   * Each booking claims the person again, even a known one, so that the number of writes to the
   * table is the same for everybody.
   */
  private Optional<String> findOrCreate(BookingCommand command) {
    Identity identity = Identity.of(command.request());
    String digest = identity.digest(digestKey);
    Claim claim = claim(digest, Digest.of(command.bookingId()));
    // Read it after the claim: until then another booking may have tried to create the record.
    Optional<Duration> mayStillLand = journal.mayStillLand(Subject.ofPatient(digest));
    boolean byIdentifier = claim.asInDoubt().isPresent() || identity.hasNoOwnContact();
    Optional<String> known = Optional.of(claim.known().external()).filter(id -> !id.isEmpty());
    Search search = new Search(identity, digest, byIdentifier, known, mayStillLand);
    Optional<Fence> fence = claim.won();
    return fence.isPresent()
        ? settleClaim(search, fence.get())
        : recheckKnown(search, search.known(), records(search));
  }

  /**
   * Bookings of one person come one after another: Canvas does not check for duplicates, so two
   * concurrent bookings of a new patient must not both create a record. Bookings of a known patient
   * wait as well, though they need not: otherwise the duration of two concurrent bookings would
   * tell who is known.
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
   * @param byIdentifier whether there may be a record that only its identifier finds
   * @param known the record that an earlier booking found or created
   * @param mayStillLand for how long an earlier create of the record may still take effect
   */
  private record Search(
      Identity identity,
      String digest,
      boolean byIdentifier,
      Optional<String> known,
      Optional<Duration> mayStillLand) {}

  /**
   * The Canvas records that may belong to this person.
   *
   * @param matching the records that match the person
   * @param former the ids of the records that have these contact points, but only as former ones
   */
  private record Records(List<Patient> matching, Set<String> former) {}

  private Optional<String> settleClaim(Search search, Fence fence) {
    try {
      Records records = records(search);
      Optional<String> known = search.known().filter(id -> !records.former().contains(id));
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
   * While an earlier create may still take effect, no record is used or created, unless one with
   * our identifier is found.
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
   * The one record that matches, or else the one that an earlier booking found or created. Empty if
   * the clinic has merged, duplicated or corrected it since, so that it no longer fits.
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
   * Reads the record once more, so that using a record takes as long as creating one. If the record
   * has disappeared, that counts as no answer from Canvas.
   */
  private String readAgain(Patient found) {
    return canvas
        .patient(id(found))
        .map(MatchPatient::id)
        .orElseThrow(() -> new UnavailableException("canvas", RETRY));
  }

  /**
   * Searches by birth date and compares name and contact points here, since Canvas does not say how
   * it compares names. Whether we also search by identifier must not depend on what this finds, or
   * the duration would tell who is known.
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
   * All patients born on this person's birth date. If there are too many, only those with one of
   * the contact points or the name. The searches are the same whether or not Canvas knows this
   * person.
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

  /** The records with our identifier of this person, in its present or its former form. */
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
    Identifier identifier = Identifier.usual(system, search.digest());
    return canvas
        .create(newPatient(search.identity().person(), identifier))
        .accept(new AfterCreate(search));
  }

  /** What follows on Canvas's answer to the create of a record. */
  private final class AfterCreate implements WriteOutcome.Visitor<Optional<String>> {
    private final Search search;

    AfterCreate(Search search) {
      this.search = search;
    }

    @Override
    public Optional<String> written(WriteOutcome.Written outcome) {
      return Optional.of(outcome.id());
    }

    /** The clinic has to find out why Canvas refuses the record. */
    @Override
    public Optional<String> refused(WriteOutcome.Refused outcome) {
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
   * The Patient resource that we send to Canvas (docs/facts/canvas.md 4.1). Contact points are
   * marked neither as consented to nor as verified: Canvas has one mark for both, and sends
   * reminders of its own if it is set.
   */
  static Patient newPatient(BookingRequest.Person person, Identifier identifier) {
    List<Extension> extensions = new ArrayList<>();
    extensions.add(Extension.ofCode(BIRTH_SEX, person.birthSex()));
    person.timezone().ifPresent(zone -> extensions.add(Extension.ofCode(ZONE, zone)));
    List<Telecom> contacts = new ArrayList<>();
    person
        .phone()
        .map(phone -> Phi.of(Identity.asCanvasPhone(phone)))
        .ifPresent(phone -> contacts.add(Telecom.of("phone", "mobile", phone, false)));
    person.email().ifPresent(email -> contacts.add(Telecom.of("email", "home", email, false)));
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

  private static String id(Patient patient) {
    return Objects.requireNonNull(patient.id());
  }
}
