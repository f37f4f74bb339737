package clinic.scheduling.core.subscription;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * One watch on a calendar: a subscription of Microsoft Graph, or a channel of Google ({@code
 * docs/facts/outlook.md} 4, {@code docs/facts/google.md} 4).
 *
 * @param binding the key of the calendar
 * @param id our own name for the watch, random; Google's channel has the name {@link #channelId}
 * @param since when the watch got its state
 * @param external the provider's id: of the subscription, or of the watched resource; empty until
 *     the provider has told it
 * @param ends when the watch ends unless it is renewed
 * @param renewFrom when it is time to renew the watch, or to open its successor
 * @param address the mailbox, for a watch whose calendar has left the practice document
 * @param callback where the provider sends the notices of this watch, as the row says
 * @param attention the provider's word for why the watch needs attention at once; empty for none
 */
public record Watch(
    String binding,
    String id,
    WatchState state,
    Instant since,
    Optional<String> external,
    Instant ends,
    Instant renewFrom,
    String address,
    Optional<String> callback,
    Optional<String> attention,
    Row row) {

  static final String PREFIX = "watch#";
  static final String STATE = "state";
  static final String SINCE = "since";
  static final String EXTERNAL = "external";
  static final String ENDS = "ends";
  static final String RENEW_FROM = "renewFrom";
  static final String ADDRESS = "address";
  static final String CALLBACK = "callback";
  static final String ATTENTION = "attention";
  static final String SECRET_DIGEST = "secretDigest";

  /** The id of Google's channel: at most 64 characters, and it names the calendar. */
  public String channelId() {
    return binding + "-" + id;
  }

  /** Whether the watch may still bring notices at this time. */
  public boolean isAliveAt(Instant now) {
    return ends.isAfter(now);
  }

  /** Whether the provider sends the notices of this watch there. */
  public boolean calls(URI there) {
    return callback.filter(there.toString()::equals).isPresent();
  }

  /** Whether this is the secret of the watch. The time this takes tells nothing about it. */
  boolean hasSecret(String secret) {
    byte[] expected = HexFormat.of().parseHex(row.field(SECRET_DIGEST).orElse(""));
    return MessageDigest.isEqual(expected, Digest.sha256(secret));
  }

  static Watch of(String binding, Row row) {
    Instant ends = row.field(ENDS).map(Instants::parse).orElse(row.expires());
    return new Watch(
        binding,
        row.key().sort().substring(PREFIX.length()),
        row.field(STATE)
            .map(word -> WatchState.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(WatchState.CLOSING),
        row.field(SINCE).map(Instants::parse).orElse(Instant.EPOCH),
        row.field(EXTERNAL),
        ends,
        row.field(RENEW_FROM).map(Instants::parse).orElse(ends),
        row.field(ADDRESS).orElse(""),
        row.field(CALLBACK),
        row.field(ATTENTION),
        row);
  }
}
