package clinic.scheduling.confirmations.contact;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
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
 * What we keep about contact points, in the partitions {@code contact#<name>}.
 *
 * <p>A name is a keyed digest, so that the rows show neither number nor address. The key is made
 * once and kept in the table: an opt-out has to outlive every change of the other secrets. Anybody
 * who can read the table could still check a guessed number against the digests.
 *
 * <p>A suppressed contact point is no longer written to: an address that bounced for good or whose
 * owner complained, a number that opted out, an address whose owner unsubscribed from reminders. A
 * suppression never ends by itself, nor by consent that is given again on a booking form. The
 * clinic lifts it by deleting its row (docs/runbook.md).
 */
@Singleton
public final class Contacts {
  private static final RowKey KEY = new RowKey("keys", "contacts");
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);
  private static final int KEY_BYTES = 32;
  private static final String BOUNCED = "bounced";

  private final Rows rows;
  private final ReviewList review;
  private final Clock clock;
  private final SecureRandom random;
  private final AtomicReference<@Nullable String> cachedKey = new AtomicReference<>();
  private final Log log = Log.of(Contacts.class);

  @Inject
  public Contacts(Rows rows, ReviewList review, Clock clock) {
    this(rows, review, clock, new SecureRandom());
  }

  public Contacts(Rows rows, ReviewList review, Clock clock, SecureRandom random) {
    this.rows = rows;
    this.review = review;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param address an e-mail address, or a number in E.164
   */
  public String name(Channel channel, Phi<String> address) {
    return Digest.keyed(key(), channel.word(), address.value().strip().toLowerCase(Locale.ROOT));
  }

  private byte[] key() {
    String text =
        Optional.ofNullable(cachedKey.get()).orElseGet(() -> stored().orElseGet(this::create));
    cachedKey.set(text);
    return Base64.getDecoder().decode(text);
  }

  private Optional<String> stored() {
    return rows.read(KEY).flatMap(row -> row.field("key"));
  }

  /** If another worker has created a key at the same time, that key is used. */
  private String create() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key);
    Row fresh = Row.fresh(KEY, clock.instant().plus(FOR_GOOD), Map.of("key", text));
    return rows.write(fresh) ? text : stored().orElseThrow();
  }

  /** What is no longer sent. */
  private enum Scope {
    EVERYTHING("suppressed"),
    REMINDERS("unsubscribed");

    private final String row;

    Scope(String row) {
      this.row = row;
    }
  }

  /**
   * @param contact {@link #name}
   */
  public boolean isSuppressed(String contact, boolean reminder) {
    return isSet(contact, Scope.EVERYTHING) || (reminder && isSet(contact, Scope.REMINDERS));
  }

  /**
   * Whether the contact point is suppressed because mail bounced, rather than because its owner
   * asked.
   */
  boolean hasBounced(String contact) {
    return rows.read(suppressionKey(contact, Scope.EVERYTHING))
        .flatMap(row -> row.field("why"))
        .filter(BOUNCED::equals)
        .isPresent();
  }

  /**
   * The address bounced for good.
   *
   * @param visit the visit by which the clinic can find the patient, if we know one; the same in
   *     the methods below
   */
  public void bounced(String address, Optional<String> visit) {
    add(Channel.EMAIL, address, Scope.EVERYTHING, BOUNCED, visit);
  }

  /** The owner of the address complained about a mail. */
  public void complained(String address, Optional<String> visit) {
    add(Channel.EMAIL, address, Scope.EVERYTHING, "complained", visit);
  }

  /** The owner of the address wants no more reminders. */
  public void unsubscribed(String address) {
    add(Channel.EMAIL, address, Scope.REMINDERS, "unsubscribed", Optional.empty());
  }

  /** The owner of the number wants no more text messages. */
  public void optedOut(String number, Optional<String> visit) {
    add(Channel.SMS, number, Scope.EVERYTHING, "opted-out", visit);
  }

  /** Takes effect at once; a repeat changes nothing. */
  private void add(
      Channel channel, String contact, Scope scope, String why, Optional<String> visit) {
    RowKey key = suppressionKey(contact, scope);
    if (rows.read(key).isPresent()) {
      return;
    }
    Map<String, String> fields =
        Map.of("channel", channel.word(), "why", why, "since", clock.instant().toString());
    if (rows.write(Row.fresh(key, clock.instant().plus(FOR_GOOD), fields))) {
      review.suppressed(channel, contact, why, visit);
      log.warn("contact-suppressed", "channel", channel.word(), "why", why);
    }
  }

  private boolean isSet(String contact, Scope scope) {
    return rows.read(suppressionKey(contact, scope)).isPresent();
  }

  private static RowKey suppressionKey(String contact, Scope scope) {
    return new RowKey("contact#" + contact, scope.row);
  }
}
