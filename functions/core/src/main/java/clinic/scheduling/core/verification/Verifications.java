package clinic.scheduling.core.verification;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SealedText;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.verification.ContactPoint.Medium;
import clinic.scheduling.core.verification.Verification.State;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The verifications that have not ended, one row for each (docs/decisions/0059). What the caller
 * typed is sealed, and the row's id is the context of the seal. The code is nowhere at rest: it is
 * computed from a secret, the id and the number of the code.
 *
 * <p>Each change is one conditional write. So no more codes are compared or sent than allowed,
 * however many callers come at once.
 */
public final class Verifications {
  /** How many codes a caller may try. */
  public static final int TRIES = 5;

  /** How many codes are sent for one verification. */
  public static final int CODES = 3;

  /** How long a verification lasts, and how long from the proof a booking can be repeated. */
  public static final Duration LENGTH = Duration.ofMinutes(10);

  /** How long after a code the next one may be asked for. */
  public static final Duration BETWEEN_CODES = Duration.ofSeconds(30);

  private static final String PURPOSE = "verification";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final int ID_BYTES = 16;
  private static final String STATE = "state";
  private static final String MEDIUM = "medium";
  private static final String CODE = "code";
  private static final String CODE_AT = "codeAt";
  private static final String TRIED = "tries";
  private static final String SEALED = "sealed";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Rows rows;
  private final SignedTokens tokens;
  private final SealedText seal;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Log log = Log.of(Verifications.class);

  public Verifications(Rows rows, SignedTokens tokens, Clock clock) {
    this.rows = rows;
    this.tokens = tokens;
    this.seal = tokens.sealing(PURPOSE);
    this.clock = clock;
  }

  /** An id that nobody can guess. */
  public String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  /** Whether a text has the form of an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * Begins a verification with its first code. If there is one with this id already, changes
   * nothing.
   *
   * @param request the body of the request to book
   */
  public void begin(String id, ContactPoint contact, Optional<String> language, String request) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("to", contact.address().value());
    language.ifPresent(tag -> content.put("language", tag));
    content.put("request", request);
    Map<String, String> fields =
        Map.of(
            STATE, State.WAITING.name(),
            MEDIUM, contact.medium().word(),
            CODE, "1",
            CODE_AT, clock.instant().toString(),
            TRIED, "0",
            SEALED, seal.seal(content.toString(), id));
    rows.write(Row.fresh(key(id), endFromNow(), fields));
  }

  /** The verification as it is now; empty if it has ended or there never was one with this id. */
  public Optional<Verification> find(String id) {
    return isId(id) ? rows.read(key(id)).flatMap(this::read) : Optional.empty();
  }

  /**
   * Counts a try. Call this before a code is compared, and compare it with the verification that is
   * returned.
   *
   * @return empty, with nothing counted, if the verification has ended or no try is left
   */
  public Optional<Verification> countTry(String id) {
    return change(
        id,
        row ->
            number(row, TRIED) < TRIES
                ? Optional.of(with(row, row.expires(), TRIED, number(row, TRIED) + 1))
                : Optional.empty());
  }

  /** Whether this is the latest code of the verification. */
  public boolean isRight(Verification tried, String code) {
    return tokens.isSixDigits(PURPOSE, subject(tried.id(), tried.code()), code);
  }

  /** The code with this number. */
  public String code(String id, int number) {
    return tokens.sixDigits(PURPOSE, subject(id, number));
  }

  /**
   * Records that the right code was sent, and that its try does not count. From the first right
   * code on, the caller has {@link #LENGTH} to repeat the booking.
   *
   * @return empty if the verification has ended
   */
  public Optional<Verification> prove(String id) {
    return change(
        id,
        row -> {
          Row uncounted = with(row, row.expires(), TRIED, Math.max(0, number(row, TRIED) - 1));
          return Optional.of(
              state(row) == State.WAITING
                  ? withState(uncounted.next(endFromNow(), uncounted.fields()), State.PROVEN)
                  : uncounted);
        });
  }

  /** Records that the visit is booked. */
  public void booked(String id) {
    change(
        id,
        row ->
            state(row) == State.BOOKED
                ? Optional.empty()
                : Optional.of(withState(row, State.BOOKED)));
  }

  /**
   * Lets one more code be sent, so that the former ones are no longer right.
   *
   * @param seen the verification as it was read before
   * @return empty, with nothing changed, if the verification has ended or has changed meanwhile
   */
  public Optional<Verification> nextCode(Verification seen) {
    return change(
        seen.id(),
        row ->
            number(row, CODE) == seen.code()
                ? Optional.of(
                    withText(
                        with(row, row.expires(), CODE, seen.code() + 1),
                        CODE_AT,
                        clock.instant().toString()))
                : Optional.empty());
  }

  /** Ends a verification that nobody has proved yet. */
  public void cancel(String id) {
    change(
        id,
        row ->
            state(row) == State.WAITING
                ? Optional.of(row.next(clock.instant(), row.fields()))
                : Optional.empty());
  }

  /**
   * @param change makes the changed row, or returns empty to leave it
   * @return the verification after the change; empty if nothing was changed
   */
  private Optional<Verification> change(String id, Function<Row, Optional<Row>> change) {
    return isId(id)
        ? rows.update(key(id), row -> row.isNew() ? Optional.empty() : change.apply(row))
            .flatMap(this::read)
        : Optional.empty();
  }

  /**
   * Whole seconds, because the table cuts the expiry of a row to these. So the answer names exactly
   * the end of the row.
   */
  private Instant endFromNow() {
    return clock.instant().plus(LENGTH).truncatedTo(ChronoUnit.SECONDS);
  }

  private Optional<Verification> read(Row row) {
    String id = row.key().partition().substring(PURPOSE.length() + 1);
    Optional<JsonNode> content =
        row.field(SEALED).flatMap(text -> seal.open(text, id)).map(Verifications::parse);
    if (content.isEmpty()) {
      log.error("verification-unreadable");
      return Optional.empty();
    }
    return row.field(MEDIUM).flatMap(Medium::of).map(medium -> of(id, row, medium, content.get()));
  }

  private static Verification of(String id, Row row, Medium medium, JsonNode content) {
    return new Verification(
        id,
        state(row),
        new ContactPoint(medium, Phi.of(content.path("to").asText())),
        Optional.of(content.path("language").asText("")).filter(tag -> !tag.isEmpty()),
        Phi.of(content.path("request").asText()),
        number(row, CODE),
        row.field(CODE_AT).map(Instants::parse).orElse(Instant.EPOCH),
        number(row, TRIED),
        row.expires());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sealed request is not JSON");
    }
  }

  private static Row with(Row row, Instant end, String name, int value) {
    return withText(row.next(end, row.fields()), name, Integer.toString(value));
  }

  private static Row withState(Row row, State state) {
    return withText(row, STATE, state.name());
  }

  private static Row withText(Row row, String name, String value) {
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.put(name, value);
    return row.next(row.expires(), fields);
  }

  private static State state(Row row) {
    return State.valueOf(row.field(STATE).orElse(State.WAITING.name()));
  }

  private static int number(Row row, String name) {
    return row.field(name).map(Integer::parseInt).orElse(0);
  }

  private static RowKey key(String id) {
    return new RowKey(PURPOSE + "#" + id, "request");
  }

  private static String subject(String id, int code) {
    return id + "#" + code;
  }
}
