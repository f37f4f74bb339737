package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rounds of delta queries that tokens lead to. A token is opaque and long, as Graph's are. Used
 * twice, it gives the same again.
 */
final class DeltaRounds {
  private static final int MOST_ROUNDS = 2_000;
  private static final int FILLING = 6;
  private static final Pattern TOKEN =
      Pattern.compile("([0-9a-f-]{36})/([0-9]{1,18})/([0-9]{1,9})/.*");

  private final Map<Long, DeltaRound> rounds = new LinkedHashMap<>();
  private final Map<String, Killed> killed = new HashMap<>();
  private final Clock clock;
  private long last;
  private volatile DeltaSettings settings = DeltaSettings.usual();

  DeltaRounds(Clock clock) {
    this.clock = clock;
  }

  /**
   * One round of one client.
   *
   * @param chain the serial of the first round, from which this one follows
   * @param number how many rounds came before it in the chain
   * @param change the number of the last change that it shows
   * @param shown everything in the window, by number and occurrence
   * @param items what the round lists, in its order
   */
  record DeltaRound(
      String mailbox,
      long serial,
      long chain,
      int number,
      Instant from,
      Instant to,
      long change,
      Map<String, GraphEvent> shown,
      List<Item> items,
      Instant made) {}

  /** One line of a round. */
  record Item(GraphEvent event, boolean removed) {}

  /** A place in a round: the first item that is still to come. */
  record Place(DeltaRound round, int offset) {}

  private record Killed(long upTo, String code) {}

  DeltaSettings settings() {
    return settings;
  }

  void settings(DeltaSettings changed) {
    settings = changed;
  }

  synchronized long nextSerial() {
    return ++last;
  }

  synchronized DeltaRound add(DeltaRound round) {
    rounds.put(round.serial(), round);
    if (rounds.size() > MOST_ROUNDS) {
      rounds.remove(rounds.keySet().iterator().next());
    }
    return round;
  }

  /** A client has the last page of this round, which supersedes those before it. */
  synchronized void finished(DeltaRound round) {
    int oldest = round.number() - settings.roundsKept();
    rounds.values().removeIf(other -> other.chain() == round.chain() && other.number() < oldest);
  }

  static String token(String user, long serial, int offset) {
    StringBuilder text = new StringBuilder(user + "/" + serial + "/" + offset + "/");
    for (int i = 0; i < FILLING; i++) {
      byte[] name = (serial + "." + i).getBytes(StandardCharsets.UTF_8);
      text.append(UUID.nameUUIDFromBytes(name));
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place that a token leads to.
   *
   * @param user the object id of the mailbox's user
   * @throws GraphException 400 for a token that is no token of this mailbox, 410 for one that has
   *     died
   */
  synchronized Place place(String user, String mailbox, String token) {
    Matcher parts = TOKEN.matcher(decoded(token));
    if (!parts.matches() || !parts.group(1).equals(user)) {
      throw malformed();
    }
    long serial = Long.parseLong(parts.group(2));
    Killed end = killed.get(mailbox);
    if (end != null && serial <= end.upTo()) {
      throw dead(end.code());
    }
    DeltaRound round = rounds.get(serial);
    if (round == null || isTooOld(round)) {
      throw dead("syncStateNotFound");
    }
    return new Place(round, Integer.parseInt(parts.group(3)));
  }

  /** Lets all present tokens of a mailbox die with this error code. */
  synchronized void kill(String mailbox, String code) {
    killed.put(mailbox, new Killed(last, code));
    rounds.values().removeIf(round -> round.mailbox().equals(mailbox));
  }

  synchronized void clear() {
    rounds.clear();
    killed.clear();
    settings = DeltaSettings.usual();
  }

  private boolean isTooOld(DeltaRound round) {
    return round.made().plusSeconds(settings.tokenSeconds()).isBefore(clock.instant());
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static GraphException malformed() {
    return new GraphException(400, "ErrorInvalidSyncStateData", "The sync state data is invalid.");
  }

  private static GraphException dead(String code) {
    return new GraphException(
        410, code, "The sync state is not found or has expired. Start a full round.");
  }
}
