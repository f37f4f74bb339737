package clinic.scheduling.core.subscription;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The watches on calendars, one row for each. A row is written before the provider is called,
 * because the first notice may come before the provider's answer ({@code docs/facts/google.md} 4).
 * Each watch has a random secret, which the provider repeats in every notice. We keep only the
 * SHA-256 of the secret, so nobody who reads the table can forge a notice.
 */
public final class CalendarWatches {
  /**
   * The most watches of one calendar. Usually there are one or two; more are left only by runs that
   * died.
   */
  public static final int MOST = 6;

  /** How long a row outlives its watch, so that late notices are still recognised. */
  private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

  /** More than {@link #MOST}, because runs at the same time may each write one. */
  private static final int MOST_ROWS = 3 * MOST;

  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final int LONGEST_SECRET = 200;

  private static final Pattern BINDING = Pattern.compile("(outlook|google)-[0-9a-f]{12}");
  private static final Pattern CHANNEL =
      Pattern.compile("(?<binding>(outlook|google)-[0-9a-f]{12})-(?<id>[0-9a-f]{32})");

  /** How long a calendar stays in the list of those that have watches. */
  private static final Duration LISTED = Duration.ofDays(400);

  private static final int MOST_CALENDARS = 20_000;
  private static final String LIST = "upkeep#watches";

  private final Rows rows;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public CalendarWatches(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * A watch that is about to be opened.
   *
   * @param secret what the provider will repeat in each notice; nobody can read it from the table
   */
  public record NewWatch(Watch watch, Secret secret) {

    /** The {@code clientState} of a Graph subscription: it names the calendar, then proves. */
    public Secret clientState() {
      return new Secret(watch.binding() + "." + secret.value());
    }
  }

  /**
   * Writes the row of a new watch, in the state {@link WatchState#OPENING}. Do this before the
   * provider is called.
   *
   * @param address the mailbox of the calendar
   * @param callback where the provider will send its notices
   * @param ends when the watch ends at the latest, as far as we ask for it
   * @return empty, with nothing written, if the calendar has {@link #MOST} watches
   */
  public Optional<NewWatch> begin(String binding, String address, URI callback, Instant ends) {
    if (of(binding).size() >= MOST) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    list(binding, address);
    Secret secret = new Secret(text(SECRET_BYTES));
    Row row =
        Row.fresh(
            key(binding, HexFormat.of().formatHex(bytes(ID_BYTES))),
            ends.plus(KEPT_AFTER_END),
            Map.of(
                Watch.STATE, word(WatchState.OPENING),
                Watch.SINCE, now.toString(),
                Watch.ENDS, ends.toString(),
                Watch.ADDRESS, address,
                Watch.CALLBACK, callback.toString(),
                Watch.SECRET_DIGEST, HexFormat.of().formatHex(Digest.sha256(secret.value()))));
    return rows.write(row)
        ? Optional.of(new NewWatch(Watch.of(binding, row.written()), secret))
        : Optional.empty();
  }

  /**
   * A calendar that has or had watches. It is listed until {@link #unlist}, also after it has left
   * the practice document.
   */
  public record WatchedCalendar(String binding, String address) {}

  /** The calendars that have or had watches. */
  public List<WatchedCalendar> calendars() {
    return rows.readStartingWith(LIST, "", MOST_CALENDARS).stream()
        .map(row -> new WatchedCalendar(row.key().sort(), row.field(Watch.ADDRESS).orElse("")))
        .toList();
  }

  private void list(String binding, String address) {
    Instant now = clock.instant();
    rows.update(
        listed(binding),
        row ->
            row.field(Watch.ADDRESS).filter(address::equals).isPresent()
                    && row.expires().isAfter(now.plus(LISTED.dividedBy(2)))
                ? Optional.empty()
                : Optional.of(row.next(now.plus(LISTED), Map.of(Watch.ADDRESS, address))));
  }

  /** Takes a calendar off the list. It has to be one without watches. */
  public void unlist(String binding) {
    forget(listed(binding));
  }

  /** All watches of a calendar whose rows have not expired. */
  public List<Watch> of(String binding) {
    return rows.readStartingWith(partition(binding), Watch.PREFIX, MOST_ROWS).stream()
        .map(row -> Watch.of(binding, row))
        .toList();
  }

  /**
   * The watch that has this {@code clientState}; empty if none has. All watches of the calendar are
   * compared, so the time this takes shows nothing about the right value.
   */
  public Optional<Watch> withClientState(String clientState) {
    int dot = clientState.indexOf('.');
    if (dot < 0 || clientState.length() > LONGEST_SECRET) {
      return Optional.empty();
    }
    String binding = clientState.substring(0, dot);
    String secret = clientState.substring(dot + 1);
    Optional<Watch> found = Optional.empty();
    if (BINDING.matcher(binding).matches()) {
      for (Watch watch : of(binding)) {
        found = watch.hasSecret(secret) ? Optional.of(watch) : found;
      }
    }
    return found;
  }

  /** The calendar that a {@code clientState} names; it proves nothing. */
  public static Optional<String> bindingIn(String clientState) {
    return Optional.of(clientState.split("\\.", 2)[0]).filter(BINDING.asMatchPredicate());
  }

  /** The watch that has this channel id and this token; empty if there is none. */
  public Optional<Watch> withChannel(String channelId, String token) {
    var channel = CHANNEL.matcher(channelId);
    if (!channel.matches() || token.length() > LONGEST_SECRET) {
      return Optional.empty();
    }
    String binding = channel.group("binding");
    return rows.read(key(binding, channel.group("id")))
        .map(row -> Watch.of(binding, row))
        .filter(watch -> watch.hasSecret(token));
  }

  /**
   * Records that the provider has the watch, and until when.
   *
   * @param external the provider's id
   * @param renewFrom when to renew the watch, or to open its successor
   */
  public void opened(Watch watch, String external, Instant ends, Instant renewFrom) {
    change(
        watch,
        ends,
        fields -> {
          fields.put(Watch.STATE, word(WatchState.OPEN));
          fields.put(Watch.SINCE, clock.instant().toString());
          fields.put(Watch.EXTERNAL, external);
          fields.put(Watch.ENDS, ends.toString());
          fields.put(Watch.RENEW_FROM, renewFrom.toString());
          fields.remove(Watch.ATTENTION);
          return fields;
        });
  }

  /**
   * Records the provider's id of a watch, as a notice has brought it, if no id is recorded yet. So
   * a watch whose opening was never recorded can still be stopped.
   */
  public void heardOf(Watch watch, String external) {
    if (watch.external().isEmpty()) {
      change(
          watch,
          watch.ends(),
          fields -> {
            fields.putIfAbsent(Watch.EXTERNAL, external);
            return fields;
          });
    }
  }

  /** Marks the watch for the next run of polls, with the provider's word for the reason. */
  public void needsAttention(Watch watch, String reason) {
    change(
        watch,
        watch.ends(),
        fields -> {
          fields.put(Watch.ATTENTION, reason);
          return fields;
        });
  }

  /** Records that the watch is not needed any more. Do this before the provider is called. */
  public void closing(Watch watch) {
    change(
        watch,
        watch.ends(),
        fields -> {
          fields.put(Watch.STATE, word(WatchState.CLOSING));
          fields.put(Watch.SINCE, clock.instant().toString());
          return fields;
        });
  }

  /** Forgets a watch that the provider does not have any more. */
  public void forget(Watch watch) {
    forget(watch.row().key());
  }

  private void forget(RowKey key) {
    rows.update(
        key,
        row -> row.isNew() ? Optional.empty() : Optional.of(row.next(clock.instant(), Map.of())));
  }

  private void change(Watch watch, Instant ends, UnaryOperator<Map<String, String>> change) {
    rows.update(
        watch.row().key(),
        row ->
            // A row that was forgotten meanwhile stays forgotten.
            row.isNew()
                ? Optional.empty()
                : Optional.of(
                    row.next(
                        ends.plus(KEPT_AFTER_END), change.apply(new HashMap<>(row.fields())))));
  }

  static String partition(String binding) {
    return "binding#" + binding;
  }

  private static RowKey key(String binding, String id) {
    return new RowKey(partition(binding), Watch.PREFIX + id);
  }

  private static RowKey listed(String binding) {
    return new RowKey(LIST, binding);
  }

  private static String word(WatchState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private String text(int length) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(length));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
