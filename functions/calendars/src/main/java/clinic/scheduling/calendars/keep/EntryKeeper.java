package clinic.scheduling.calendars.keep;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings one effect about, once: claim, act, record. The ledger row of a calendar keeps the
 * provider's id while an entry stands there, and otherwise the generation that a new one would get.
 */
@Singleton
public final class EntryKeeper {
  public static final String ROW = "calendar#";
  private static final String GONE = "gone";

  /** Longer than any visit is booked ahead: an entry must be found again when it is cancelled. */
  private static final Duration KEPT = Duration.ofDays(400);

  private final Ledger ledger;
  private final Mailboxes mailboxes;
  private final Calendars calendars;
  private final byte[] digestKey;
  private final Clock clock;
  private final Duration lease;

  EntryKeeper(
      Rows rows,
      Mailboxes mailboxes,
      Calendars calendars,
      SignedTokens tokens,
      Clock clock,
      @ConfigProperty(name = "LEASE_SECONDS") int leaseSeconds) {
    this.ledger = new Ledger(rows, clock, KEPT);
    this.mailboxes = mailboxes;
    this.calendars = calendars;
    this.digestKey = tokens.digestKey("calendar");
    this.clock = clock;
    this.lease = Duration.ofSeconds(leaseSeconds);
  }

  /** What became of an effect. */
  public sealed interface Kept {

    /** It is as wanted. */
    record Settled() implements Kept {}

    /** The provider will not have it; nothing changes by asking again. */
    record Refused(String code) implements Kept {}

    /** Access is not granted, or not yet. */
    record Denied(String code) implements Kept {}

    /** Ask again after the delay. */
    record Later(Duration delay) implements Kept {}
  }

  public Kept keep(String root, Effect effect) {
    if (effect instanceof Effect.Put put) {
      Mailbox mailbox = Mailbox.of(put.calendar());
      mailboxes.remember(mailbox);
      String fingerprint = Digest.keyed(digestKey, put.entry().parts());
      return claimed(root, mailbox, fingerprint, entries -> entries.put(put.entry()));
    }
    Optional<Mailbox> mailbox = mailboxes.find(effect.binding());
    return mailbox.isEmpty()
        ? new Kept.Refused("mailbox-forgotten")
        : claimed(root, mailbox.get(), GONE, VisitEntries::remove);
  }

  private Kept claimed(
      String root, Mailbox mailbox, String fingerprint, Function<VisitEntries, Made> work) {
    Claim claim = ledger.claim(RowKey.ofVisit(root, ROW + mailbox.key()), fingerprint, lease);
    if (claim instanceof Claim.Granted granted) {
      return act(root, mailbox, granted.fence(), granted.before(), false, work);
    }
    if (claim instanceof Claim.InDoubt doubtful) {
      return act(root, mailbox, doubtful.fence(), doubtful.before(), true, work);
    }
    return claim instanceof Claim.Busy busy
        ? new Kept.Later(Duration.between(clock.instant(), busy.until()))
        : new Kept.Settled();
  }

  private Kept act(
      String root,
      Mailbox mailbox,
      Fence fence,
      Entry before,
      boolean doubtful,
      Function<VisitEntries, Made> work) {
    Optional<Duration> pause = mailboxes.pausedFor(mailbox.key());
    if (pause.isPresent()) {
      ledger.release(fence, before);
      return new Kept.Later(pause.get());
    }
    VisitEntries entries =
        new VisitEntries(calendars.of(mailbox.provider()), mailbox, root, before, doubtful);
    return settle(mailbox, fence, before, work.apply(entries));
  }

  private Kept settle(Mailbox mailbox, Fence fence, Entry before, Made made) {
    CalendarOutcome outcome = made.outcome();
    if (outcome instanceof CalendarOutcome.Standing standing) {
      ledger.done(fence, standing.externalId(), made.generation());
      return new Kept.Settled();
    }
    if (outcome instanceof CalendarOutcome.Gone) {
      ledger.done(fence, "", made.generation());
      return new Kept.Settled();
    }
    if (outcome instanceof CalendarOutcome.Refused refused) {
      ledger.release(fence, before);
      return new Kept.Refused(refused.code());
    }
    if (outcome instanceof CalendarOutcome.Denied denied) {
      ledger.release(fence, before);
      return new Kept.Denied(denied.code());
    }
    if (outcome instanceof CalendarOutcome.TryLater later) {
      ledger.release(fence, before);
      return paused(mailbox, later.delay());
    }
    ledger.doubt(fence);
    return paused(mailbox, ((CalendarOutcome.Unknown) outcome).delay());
  }

  /** Other messages leave the mailbox alone too, until then. */
  private Kept paused(Mailbox mailbox, Duration delay) {
    mailboxes.pause(mailbox.key(), delay);
    return new Kept.Later(delay);
  }
}
