package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.KnownEntries;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings one effect about, once: claim, act, record. The ledger row of a calendar keeps the
 * provider's id while an entry stands there, and otherwise the generation that a new one would get.
 */
@Singleton
public final class EffectRunner {
  static final String ROW = "calendar#";

  /** The most calendars that one visit was ever written to; more is an error. */
  static final int MOST = 1_000;

  private static final String OFF = "off";
  private static final String ELSEWHERE = "elsewhere";

  /** Longer than any visit is booked ahead: an entry must be found again when it is cancelled. */
  static final Duration KEPT = Duration.ofDays(400);

  private final Rows rows;
  private final Ledger ledger;
  private final Mailboxes mailboxes;
  private final MailboxLimiter door;
  private final MailboxDenials denials;
  private final Calendars calendars;
  private final byte[] digestKey;
  private final Clock clock;
  private final Duration lease;
  private final Log log = Log.of(EffectRunner.class);

  EffectRunner(
      Rows rows,
      Mailboxes mailboxes,
      MailboxLimiter door,
      MailboxDenials denials,
      Calendars calendars,
      SignedTokens tokens,
      Clock clock,
      Settings.Lease lease) {
    this.rows = rows;
    this.ledger = new Ledger(rows, clock, KEPT);
    this.mailboxes = mailboxes;
    this.door = door;
    this.denials = denials;
    this.calendars = calendars;
    this.digestKey = tokens.digestKey("calendar");
    this.clock = clock;
    this.lease = lease.length();
  }

  /** What became of an effect. */
  public sealed interface EffectOutcome {

    /**
     * It is as wanted.
     *
     * @param putRight whether somebody had changed or deleted the entry in the calendar
     */
    record Settled(boolean putRight) implements EffectOutcome {}

    /** The provider will not have it; nothing changes by asking again. */
    record Refused(String code) implements EffectOutcome {}

    /**
     * Access is not granted, or not yet.
     *
     * @param tooLong whether it should have been granted by now
     */
    record Denied(String code, boolean tooLong) implements EffectOutcome {}

    /** Ask again after the delay. */
    record Later(Duration delay) implements EffectOutcome {}
  }

  /** What the ledger knows of the entries of a visit. */
  public KnownEntries known(String root) {
    Map<String, String> fingerprints =
        rows.readStartingWith(RowKey.ofVisit(root, ROW).partition(), ROW, MOST).stream()
            .collect(
                Collectors.toMap(
                    row -> row.key().sort().substring(ROW.length()),
                    row -> row.field("fingerprint").orElse("")));
    return new KnownEntries(
        fingerprints.keySet(),
        fingerprints.keySet().stream()
            .filter(key -> OFF.equals(fingerprints.get(key)))
            .collect(Collectors.toSet()));
  }

  /**
   * @param occasion what this is done for, a message say; an entry that should stand unchanged is
   *     read back once for each, so that a repeat of the same occasion costs nothing
   */
  public EffectOutcome keep(String root, Effect effect, String occasion) {
    if (effect instanceof Effect.Put put) {
      Mailbox mailbox = Mailbox.of(put.calendar());
      mailboxes.remember(mailbox);
      String saying = Digest.keyed(digestKey, put.entry().parts()) + "@";
      return claimed(
          root,
          mailbox,
          saying + occasion,
          entries ->
              entries.shouldStand(saying) ? entries.verify(put.entry()) : entries.put(put.entry()));
    }
    String why = ((Effect.Remove) effect).why() == Effect.Why.OFF ? OFF : ELSEWHERE;
    return mailboxes
        .find(effect.binding())
        .map(mailbox -> claimed(root, mailbox, why, VisitEntries::remove))
        .orElse(new EffectOutcome.Refused("mailbox-forgotten"));
  }

  /**
   * No entry is looked for in this calendar any more, though one may stand there that nobody can
   * reach. One that is made later has another name.
   */
  public void giveUp(String root, String binding) {
    Claim claim = ledger.claim(EntryRecord.key(root, binding), ELSEWHERE, lease);
    if (claim instanceof Claim.Granted granted) {
      ledger.done(granted.fence(), "", granted.before().generation() + 1);
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      ledger.done(doubtful.fence(), "", doubtful.before().generation() + VisitEntries.RENEWALS + 2);
    }
  }

  private EffectOutcome claimed(
      String root, Mailbox mailbox, String fingerprint, Function<VisitEntries, EntryChange> work) {
    Claim claim = ledger.claim(RowKey.ofVisit(root, ROW + mailbox.key()), fingerprint, lease);
    if (claim instanceof Claim.Granted granted) {
      return act(root, mailbox, granted.fence(), granted.before(), false, work);
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      return act(root, mailbox, doubtful.fence(), doubtful.before(), true, work);
    }
    return claim instanceof Claim.Busy busy
        ? new EffectOutcome.Later(Duration.between(clock.instant(), busy.until()))
        : new EffectOutcome.Settled(false);
  }

  private EffectOutcome act(
      String root,
      Mailbox mailbox,
      Fence fence,
      Entry before,
      boolean doubtful,
      Function<VisitEntries, EntryChange> work) {
    MailboxLimiter.Permit knock = door.knock(mailbox.key());
    if (!(knock instanceof MailboxLimiter.Permit.Open inside)) {
      ledger.release(fence, before);
      return new EffectOutcome.Later(((MailboxLimiter.Permit.Closed) knock).delay());
    }
    try {
      Instant start = clock.instant();
      boolean lately = start.isBefore(before.settled().plus(VisitEntries.SHOWS_WITHIN));
      VisitEntries entries =
          new VisitEntries(
              calendars.of(mailbox.provider()), mailbox, root, before, doubtful, lately);
      EntryChange made = work.apply(entries);
      long ms = Duration.between(start, clock.instant()).toMillis();
      log.info("calendar-called", "binding", mailbox.key(), "ms", ms);
      if (inside.denied() && !(made.outcome() instanceof CalendarOutcome.Trouble)) {
        denials.over(mailbox.key());
      }
      return settle(mailbox, fence, before, made);
    } finally {
      door.leave(inside);
    }
  }

  private EffectOutcome settle(Mailbox mailbox, Fence fence, Entry before, EntryChange made) {
    CalendarOutcome outcome = made.outcome();
    if (outcome instanceof CalendarOutcome.Exists standing) {
      ledger.done(fence, standing.externalId(), made.generation());
      return new EffectOutcome.Settled(made.putRight());
    }
    if (outcome instanceof CalendarOutcome.Gone) {
      ledger.done(fence, "", made.generation());
      return new EffectOutcome.Settled(made.putRight());
    }
    if (outcome instanceof CalendarOutcome.Refused refused) {
      ledger.release(fence, before);
      return new EffectOutcome.Refused(refused.code());
    }
    if (outcome instanceof CalendarOutcome.Denied denied) {
      ledger.release(fence, before);
      return new EffectOutcome.Denied(denied.code(), denials.lastsTooLong(mailbox.key()));
    }
    if (outcome instanceof CalendarOutcome.Busy busy) {
      ledger.release(fence, before);
      return new EffectOutcome.Later(busy.delay());
    }
    if (outcome instanceof CalendarOutcome.TryLater later) {
      ledger.release(fence, before);
      return paused(mailbox, later.delay());
    }
    ledger.doubt(fence);
    return paused(mailbox, ((CalendarOutcome.Unknown) outcome).delay());
  }

  /** Other messages leave the mailbox alone too, until then. */
  private EffectOutcome paused(Mailbox mailbox, Duration delay) {
    door.close(mailbox.key(), delay);
    return new EffectOutcome.Later(delay);
  }
}
