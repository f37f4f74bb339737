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
 * Stores what we keep about contact points, in the partitions {@code contact#<name>}.
 *
 * <p>The name of a contact point is a keyed digest, so that the rows show neither number nor
 * address. The key of the digests is made once and kept in the table. The key is separate from the
 * other secrets, because an opt-out has to stay valid when those are changed. Anybody who can read
 * the table can also read the key, and check a guessed number against the digests.
 *
 * <p>We no longer write to a suppressed contact point. It is one of these:
 *
 * <ul>
 *   <li>an address that bounced permanently or whose owner complained,
 *   <li>a number whose owner opted out,
 *   <li>for reminders only: an address whose owner unsubscribed.
 * </ul>
 *
 * <p>A suppression never ends by itself, and consent that is given again on a booking form does not
 * end it. The clinic lifts a suppression by deleting its row (docs/runbook.md).
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
   * The name under which a contact point is stored: its keyed digest.
   *
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

  /**
   * Creates the key. If another worker has created one at the same time, the other worker's key is
   * used.
   */
  private String create() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key);
    Row fresh = Row.fresh(KEY, clock.instant().plus(FOR_GOOD), Map.of("key", text));
    return rows.write(fresh) ? text : stored().orElseThrow();
  }

  /** Which messages a suppression stops. */
  private enum Scope {
    EVERYTHING("suppressed"),
    REMINDERS("unsubscribed");

    private final String row;

    Scope(String row) {
      this.row = row;
    }
  }

  /**
   * Whether a message to this contact point must not be sent.
   *
   * @param contact the {@link #name} of the contact point
   * @param reminder whether the message is a reminder
   */
  public boolean isSuppressed(String contact, boolean reminder) {
    return isSet(contact, Scope.EVERYTHING) || (reminder && isSet(contact, Scope.REMINDERS));
  }

  /**
   * Whether the contact point is suppressed because mail bounced. If not, its owner asked for the
   * suppression.
   */
  boolean hasBounced(String contact) {
    return rows.read(suppressionKey(contact, Scope.EVERYTHING))
        .flatMap(row -> row.field("why"))
        .filter(BOUNCED::equals)
        .isPresent();
  }

  /**
   * Suppresses an address because mail to it bounced permanently.
   *
   * @param address the {@link #name} of the address
   * @param visit a visit by which the clinic can find the patient; empty if we know none
   */
  public void bounced(String address, Optional<String> visit) {
    add(Channel.EMAIL, address, Scope.EVERYTHING, BOUNCED, visit);
  }

  /** Suppresses an address because its owner complained about a mail. */
  public void complained(String address, Optional<String> visit) {
    add(Channel.EMAIL, address, Scope.EVERYTHING, "complained", visit);
  }

  /** Stops reminders to an address because its owner unsubscribed from them. */
  public void unsubscribed(String address) {
    add(Channel.EMAIL, address, Scope.REMINDERS, "unsubscribed", Optional.empty());
  }

  /** Suppresses a number because its owner wants no more text messages. */
  public void optedOut(String number, Optional<String> visit) {
    add(Channel.SMS, number, Scope.EVERYTHING, "opted-out", visit);
  }

  /**
   * Suppresses a contact point to which we have sent a code. It is not listed for the clinic: we do
   * not know whether it belongs to a patient, and anybody could fill the list.
   *
   * @param why {@code bounced}, {@code complained} or {@code opted-out}
   */
  public void refusedCode(Channel channel, String contact, String why) {
    write(channel, contact, Scope.EVERYTHING, why);
  }

  /** Adds a suppression, which takes effect at once. A repeat changes nothing. */
  private void add(
      Channel channel, String contact, Scope scope, String why, Optional<String> visit) {
    if (write(channel, contact, scope, why)) {
      review.suppressed(channel, contact, why, visit);
    }
  }

  private boolean write(Channel channel, String contact, Scope scope, String why) {
    RowKey key = suppressionKey(contact, scope);
    if (rows.read(key).isPresent()) {
      return false;
    }
    Map<String, String> fields =
        Map.of("channel", channel.word(), "why", why, "since", clock.instant().toString());
    boolean isNew = rows.write(Row.fresh(key, clock.instant().plus(FOR_GOOD), fields));
    if (isNew) {
      log.warn("contact-suppressed", "channel", channel.word(), "why", why);
    }
    return isNew;
  }

  private boolean isSet(String contact, Scope scope) {
    return rows.read(suppressionKey(contact, scope)).isPresent();
  }

  private static RowKey suppressionKey(String contact, Scope scope) {
    return new RowKey("contact#" + contact, scope.row);
  }
}
