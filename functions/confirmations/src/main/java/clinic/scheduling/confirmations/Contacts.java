package clinic.scheduling.confirmations;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Names contact points by a keyed digest, so that our rows about them show neither number nor
 * address. The key is made once and kept in the table: an opt-out has to outlive every change of
 * the other secrets. Whoever can read the table could still test a number that they guess.
 */
@Singleton
final class Contacts {
  private static final RowKey KEY = new RowKey("keys", "contacts");
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);
  private static final int KEY_BYTES = 32;

  private final Rows rows;
  private final Clock clock;
  private final SecureRandom random;
  private final AtomicReference<@Nullable String> known = new AtomicReference<>();

  @Inject
  Contacts(Rows rows, Clock clock) {
    this(rows, clock, new SecureRandom());
  }

  Contacts(Rows rows, Clock clock, SecureRandom random) {
    this.rows = rows;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param address an e-mail address, or a number in E.164
   */
  String name(Channel channel, Phi<String> address) {
    return Digest.keyed(key(), channel.word(), address.value().strip().toLowerCase(Locale.ROOT));
  }

  private byte[] key() {
    String text =
        Optional.ofNullable(known.get()).orElseGet(() -> stored().orElseGet(this::create));
    known.set(text);
    return Base64.getDecoder().decode(text);
  }

  private Optional<String> stored() {
    return rows.read(KEY).flatMap(row -> row.field("key"));
  }

  /** If another worker has made the key meanwhile, that one counts. */
  private String create() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key);
    Row fresh = Row.fresh(KEY, clock.instant().plus(FOR_GOOD), Map.of("key", text));
    return rows.write(fresh) ? text : stored().orElseThrow();
  }
}
