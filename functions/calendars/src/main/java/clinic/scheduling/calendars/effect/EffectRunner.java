package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome.Busy;
import clinic.scheduling.calendars.CalendarOutcome.Denied;
import clinic.scheduling.calendars.CalendarOutcome.Exists;
import clinic.scheduling.calendars.CalendarOutcome.Gone;
import clinic.scheduling.calendars.CalendarOutcome.NotFound;
import clinic.scheduling.calendars.CalendarOutcome.Refused;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.CalendarOutcome.Unknown;
import clinic.scheduling.calendars.CalendarOutcome.Visitor;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.KnownEntries;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out one effect in one calendar, once:
 *
 * <ol>
 *   <li>Find the mailbox, and compute the fingerprint by which the ledger recognises the effect.
 *   <li>Claim the effect in the ledger.
 *   <li>Take a permit to call the mailbox. If there is none, release the claim and stop.
 *   <li>Change the entry.
 *   <li>Record the outcome in the ledger.
 *   <li>Return the permit.
 * </ol>
 *
 * <p>If a worker dies after the claim, or gets no answer from the provider, the effect is in doubt.
 * The next worker then looks for the entry in the calendar ({@link VisitEntries}).
 */
@Singleton
public final class EffectRunner {
  private static final Log LOG = Log.of(EffectRunner.class);
  private static final String REMOVED_OFF = "off";
  private static final String REMOVED_ELSEWHERE = "elsewhere";

  private final Rows rows;
  private final Ledger ledger;
  private final MailboxAddresses addresses;
  private final MailboxLimiter limiter;
  private final EntryIds entryIds;
  private final Calendars calendars;
  private final byte[] digestKey;
  private final Clock clock;
  private final Duration lease;

  EffectRunner(
      Rows rows,
      MailboxAddresses addresses,
      MailboxLimiter limiter,
      EntryIds entryIds,
      Calendars calendars,
      SignedTokens tokens,
      Clock clock,
      Settings.Lease lease) {
    this.rows = rows;
    this.ledger = new Ledger(rows, clock, EntryRecord.KEPT);
    this.addresses = addresses;
    this.limiter = limiter;
    this.entryIds = entryIds;
    this.calendars = calendars;
    this.digestKey = tokens.digestKey("calendar");
    this.clock = clock;
    this.lease = lease.length();
  }

  /** What the ledger knows about a visit's entries. */
  public KnownEntries knownEntries(String root) {
    List<EntryRecord> records = EntryRecord.all(root, rows);
    return new KnownEntries(
        keys(records),
        keys(records.stream().filter(one -> REMOVED_OFF.equals(one.fingerprint())).toList()));
  }

  private static Set<String> keys(List<EntryRecord> records) {
    return records.stream().map(EntryRecord::binding).collect(Collectors.toSet());
  }

  /**
   * Carries out the effect, unless the ledger says that it is done.
   *
   * @param occasion the id of the notice or message that led to this effect. If the entry needs no
   *     change, it is read back once for each occasion. A redelivered message has the same
   *     occasion, so the entry is not read back again
   */
  public EffectOutcome run(String root, Effect effect, String occasion) {
    Optional<Target> target =
        effect.fold(
            put -> Optional.of(target(put, occasion)),
            remove -> addresses.find(remove.binding()).map(it -> target(remove, it)));
    return target
        .map(it -> calendars.have(it.mailbox().provider()) ? claim(root, effect, it) : leave(it))
        .orElse(new EffectOutcome.Refused("mailbox-forgotten"));
  }

  /**
   * Leaves an entry of a provider that is off as it is. The ledger still has it, so it is removed
   * when the provider is on again.
   */
  private static EffectOutcome leave(Target target) {
    LOG.warn("provider-off", "binding", target.mailbox().key());
    return new EffectOutcome.Settled(false);
  }

  /**
   * The mailbox that an effect changes, and the texts by which the ledger recognises the effect.
   *
   * @param content a digest of the entry, with which the fingerprint begins; empty if no entry
   *     should exist
   * @param fingerprint the text by which the ledger recognises a repeat of the same effect
   */
  private record Target(Mailbox mailbox, String content, String fingerprint) {}

  private Target target(Effect.Put put, String occasion) {
    Mailbox mailbox = addresses.remember(Mailbox.of(put.calendar()));
    String content = Digest.keyed(digestKey, put.entry().parts()) + "@";
    return new Target(mailbox, content, content + occasion);
  }

  private static Target target(Effect.Remove remove, Mailbox mailbox) {
    return new Target(
        mailbox, "", remove.why() == Effect.Why.OFF ? REMOVED_OFF : REMOVED_ELSEWHERE);
  }

  private EffectOutcome claim(String root, Effect effect, Target target) {
    return ledger
        .claim(EntryRecord.key(root, target.mailbox().key()), target.fingerprint(), lease)
        .fold(
            granted ->
                withPermit(
                    effect, new Claimed(root, target, granted.fence(), granted.before(), false)),
            inDoubt ->
                withPermit(
                    effect, new Claimed(root, target, inDoubt.fence(), inDoubt.before(), true)),
            done -> new EffectOutcome.Settled(false),
            busy -> new EffectOutcome.Later(Duration.between(clock.instant(), busy.until())));
  }

  /**
   * An effect that this worker has claimed.
   *
   * @param before what the ledger said about the entry before the claim
   * @param inDoubt whether the outcome of the last change is unknown
   */
  private record Claimed(String root, Target target, Fence fence, Entry before, boolean inDoubt) {
    Mailbox mailbox() {
      return target.mailbox();
    }

    boolean isUpToDate() {
      return !inDoubt && before.isDone() && before.fingerprint().startsWith(target.content());
    }
  }

  /** Changes the entry if the mailbox may be called now; otherwise releases the claim. */
  private EffectOutcome withPermit(Effect effect, Claimed claimed) {
    return limiter
        .acquire(claimed.mailbox().key())
        .fold(
            permit -> changeEntry(effect, claimed, permit),
            later -> {
              ledger.release(claimed.fence(), claimed.before());
              return new EffectOutcome.Later(later.delay());
            });
  }

  private EffectOutcome changeEntry(
      Effect effect, Claimed claimed, MailboxLimiter.PermitResult.Granted permit) {
    Mailbox mailbox = claimed.mailbox();
    try {
      Instant start = clock.instant();
      Entry before = claimed.before();
      VisitEntries entries =
          new VisitEntries(
              calendars.of(mailbox.provider()),
              mailbox,
              claimed.root(),
              before,
              claimed.inDoubt(),
              start.isBefore(before.settledAt().plus(VisitEntries.VISIBLE_WITHIN)));
      VisitEntries.ChangeResult result =
          effect.fold(
              put -> claimed.isUpToDate() ? entries.verify(put.entry()) : entries.put(put.entry()),
              remove -> entries.remove());
      long ms = Duration.between(start, clock.instant()).toMillis();
      LOG.info("calendar-called", "binding", mailbox.key(), "ms", ms);
      if (permit.wasDenied() && result.outcome().asFailure().isEmpty()) {
        limiter.endDenial(mailbox.key());
      }
      return result.outcome().accept(new RecordOutcome(claimed, result));
    } finally {
      limiter.release(permit);
    }
  }

  /** Records the outcome of the call in the ledger. */
  private final class RecordOutcome implements Visitor<EffectOutcome> {
    private final Claimed claimed;
    private final VisitEntries.ChangeResult result;

    RecordOutcome(Claimed claimed, VisitEntries.ChangeResult result) {
      this.claimed = claimed;
      this.result = result;
    }

    /** The id is remembered first, so it is known of each entry that the ledger has as done. */
    @Override
    public EffectOutcome exists(Exists entry) {
      if (!claimed.before().external().equals(entry.externalId())) {
        entryIds.remember(claimed.mailbox().key(), entry.externalId());
      }
      return done(entry.externalId());
    }

    @Override
    public EffectOutcome gone(Gone gone) {
      return done("");
    }

    private EffectOutcome done(String externalId) {
      ledger.done(claimed.fence(), externalId, result.generation());
      return new EffectOutcome.Settled(result.corrected());
    }

    @Override
    public EffectOutcome refused(Refused refused) {
      nothingHappened();
      return new EffectOutcome.Refused(refused.code());
    }

    @Override
    public EffectOutcome denied(Denied denied) {
      nothingHappened();
      return new EffectOutcome.Denied(denied.code(), limiter.recordDenial(claimed.mailbox().key()));
    }

    @Override
    public EffectOutcome busy(Busy busy) {
      nothingHappened();
      return new EffectOutcome.Later(busy.delay());
    }

    @Override
    public EffectOutcome tryLater(TryLater later) {
      nothingHappened();
      return paused(later.delay());
    }

    @Override
    public EffectOutcome unknown(Unknown unknown) {
      ledger.doubt(claimed.fence());
      return paused(unknown.delay());
    }

    @Override
    public EffectOutcome notFound(NotFound notFound) {
      throw new IllegalStateException("an entry that is not found has to be looked up by its name");
    }

    private void nothingHappened() {
      ledger.release(claimed.fence(), claimed.before());
    }

    /** Stops all workers from calling the mailbox until the delay is over. */
    private EffectOutcome paused(Duration delay) {
      limiter.pause(claimed.mailbox().key(), delay);
      return new EffectOutcome.Later(delay);
    }
  }

  /**
   * Stops tracking the entry in a calendar to which we have lost access. The entry may still exist,
   * so an entry that is created later gets a name that was never used.
   */
  public void stopTracking(String root, String binding) {
    Claim claim = ledger.claim(EntryRecord.key(root, binding), REMOVED_ELSEWHERE, lease);
    claim.asGranted().ifPresent(it -> ledger.done(it.fence(), "", it.before().generation() + 1));
    claim
        .asInDoubt()
        .ifPresent(
            it -> ledger.done(it.fence(), "", VisitEntries.firstUnusedGeneration(it.before())));
  }
}
