package clinic.scheduling.meetings.block;

import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.wiring.Settings;
import clinic.scheduling.meetings.block.BlockOutcome.Later;
import clinic.scheduling.meetings.block.BlockOutcome.Looping;
import clinic.scheduling.meetings.block.BlockOutcome.Refused;
import clinic.scheduling.meetings.block.BlockOutcome.Settled;
import clinic.scheduling.meetings.block.BlockOutcome.TimeTaken;
import clinic.scheduling.meetings.block.BlockSearch.Found;
import clinic.scheduling.meetings.block.BlockSearch.None;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Carries out one effect on one block in Canvas, once:
 *
 * <ol>
 *   <li>Claim the effect in the ledger.
 *   <li>Find the block. If the outcome of the last change is unknown, look for it by its name.
 *   <li>Create, replace or cancel the appointment, on condition that it has not changed since it
 *       was read.
 *   <li>Record the outcome in the ledger.
 * </ol>
 *
 * <p>An appointment with a patient is never changed.
 */
@Singleton
public final class BlockRunner {
  private static final Log LOG = Log.of(BlockRunner.class);

  private static final Duration RETRY_WHEN_CHANGED = Duration.ofSeconds(2);
  private static final String OF_A_PATIENT = "of-a-patient";

  private final Canvas canvas;
  private final Ledger ledger;
  private final BlockSearch search;
  private final BlockAppointment form;
  private final CreationLimits limits;
  private final Clock clock;
  private final Duration lease;

  public BlockRunner(
      Canvas canvas,
      Rows rows,
      Practice practice,
      IdentifierSystem system,
      Clock clock,
      Settings.Lease lease) {
    this.canvas = canvas;
    this.ledger = new Ledger(rows, clock, MeetingStore.KEPT);
    this.search = new BlockSearch(canvas, system, clock);
    this.limits = new CreationLimits(rows, clock);
    this.form = new BlockAppointment(system, practice);
    this.clock = clock;
    this.lease = lease.length();
  }

  /** An effect that this worker has claimed. */
  private record Claimed(String practitioner, String block, Fence fence, Entry before) {}

  /** What the search has found, in the form of the ledger. */
  private record Seen(String fingerprint, String external, int generation) {
    static Seen of(None none) {
      return new Seen("", "", none.next().generation());
    }

    static Seen of(Found found) {
      Appointment now = found.appointment().resource();
      return new Seen(
          now.time().map(KnownBlock::shownAt).orElse(""),
          String.valueOf(now.id()),
          found.name().generation());
    }
  }

  /** Brings a block to the wanted state, and creates it if it does not exist. */
  public BlockOutcome put(String practitioner, WantedBlock wanted, Phi<String> title) {
    return claim(
        practitioner,
        wanted.block(),
        wanted.fingerprint(),
        (claimed, result) ->
            result.fold(
                found -> change(claimed, found, wanted, title),
                none -> create(claimed, none, wanted, title),
                wait -> later(claimed, wait.delay())));
  }

  /** Cancels a block. */
  public BlockOutcome cancel(String practitioner, BlockEffect.Cancel effect) {
    return claim(
        practitioner,
        effect.block(),
        KnownBlock.removalOf(effect.time()),
        (claimed, result) ->
            result.fold(
                found -> cancel(claimed, found),
                none -> done(claimed, "", none.next().generation()),
                wait -> later(claimed, wait.delay())));
  }

  /**
   * Cancels a second appointment with the name of a block. It is cancelled only if the ledger has
   * the block settled in another appointment, so no worker can be about to record this one. A
   * repeat does no harm. An appointment that no longer carries the name, or has a patient, is not
   * touched.
   *
   * @return whether the appointment no longer takes time
   */
  public boolean cancelDuplicate(String practitioner, String appointment, BlockName name) {
    boolean isSettledElsewhere =
        ledger
            .find(MeetingStore.blockKey(practitioner, name.block()))
            .filter(Entry::isDone)
            .filter(it -> !it.external().isEmpty() && !it.external().equals(appointment))
            .isPresent();
    return isSettledElsewhere
        && canvas
            .appointment(appointment)
            .map(
                now ->
                    BlockSearch.isGone(now.resource())
                        || (form.isNamed(now.resource(), name)
                            && now.resource().patient().isEmpty()
                            && canvas
                                .update(appointment, now.resource().cancelled(), now.at())
                                .isWritten()))
            .orElse(true);
  }

  private BlockOutcome claim(
      String practitioner,
      String block,
      String fingerprint,
      BiFunction<Claimed, BlockSearch.Result, BlockOutcome> act) {
    RowKey key = MeetingStore.blockKey(practitioner, block);
    Claim claim = ledger.claim(key, fingerprint, lease);
    return claim.fold(
        granted ->
            found(new Claimed(practitioner, block, granted.fence(), granted.before()), false, act),
        doubt -> found(new Claimed(practitioner, block, doubt.fence(), doubt.before()), true, act),
        done -> new Settled(),
        busy -> new Later(Duration.between(clock.instant(), busy.until())));
  }

  private BlockOutcome found(
      Claimed claimed, boolean inDoubt, BiFunction<Claimed, BlockSearch.Result, BlockOutcome> act) {
    BlockSearch.Result result;
    try {
      result = search.find(claimed.block(), claimed.before(), inDoubt);
    } catch (UnavailableException e) {
      return later(claimed, e.retryAfter()); // nothing was changed
    }
    return act.apply(claimed, result);
  }

  private BlockOutcome create(Claimed claimed, None none, WantedBlock wanted, Phi<String> title) {
    if (none.wasRemoved() && isFreed(claimed, wanted)) {
      return done(claimed, "", none.next().generation());
    }
    int generation = none.next().generation();
    if (generation > 0
        && !limits.mayRecreate(claimed.practitioner(), claimed.block(), generation)) {
      ledger.release(claimed.fence(), claimed.before());
      return new Looping();
    }
    Appointment block = form.create(claimed.practitioner(), none.next(), wanted, title);
    return canvas
        .create(block)
        .accept(new RecordOutcome(claimed, generation, Optional.empty(), Seen.of(none)));
  }

  private BlockOutcome change(Claimed claimed, Found found, WantedBlock wanted, Phi<String> title) {
    Appointment now = found.appointment().resource();
    String id = String.valueOf(now.id());
    if (now.patient().isPresent()) {
      return refused(claimed, OF_A_PATIENT, false);
    }
    if (form.isAsWanted(now, claimed.practitioner(), wanted, title) || isFreed(claimed, wanted)) {
      return done(claimed, id, found.name().generation());
    }
    Appointment next = form.update(now, claimed.practitioner(), found.name(), wanted, title);
    return canvas
        .update(id, next, found.appointment().at())
        .accept(
            new RecordOutcome(claimed, found.name().generation(), Optional.of(id), Seen.of(found)));
  }

  /**
   * Whether staff have moved or cancelled the block, and the practice lets them. The meeting itself
   * has not changed since: the ledger has no other state of the block than the wanted one.
   */
  private static boolean isFreed(Claimed claimed, WantedBlock wanted) {
    String before = claimed.before().fingerprint();
    return wanted.staffMayFree() && (before.isEmpty() || before.equals(wanted.fingerprint()));
  }

  private BlockOutcome cancel(Claimed claimed, Found found) {
    Versioned<Appointment> now = found.appointment();
    if (now.resource().patient().isPresent()) {
      return refused(claimed, OF_A_PATIENT, false);
    }
    int next = found.name().next().generation();
    String id = String.valueOf(now.resource().id());
    return canvas
        .update(id, now.resource().cancelled(), now.at())
        .accept(new RecordOutcome(claimed, next, Optional.of(""), Seen.of(found)));
  }

  /** Records the outcome of a write in the ledger. */
  private final class RecordOutcome implements WriteOutcome.Visitor<BlockOutcome> {
    private final Claimed claimed;
    private final int generation;
    private final Optional<String> external;
    private final Seen seen;

    /**
     * @param external the id to record; empty for the id that Canvas has given
     * @param seen the block before the write
     */
    RecordOutcome(Claimed claimed, int generation, Optional<String> external, Seen seen) {
      this.claimed = claimed;
      this.generation = generation;
      this.external = external;
      this.seen = seen;
    }

    @Override
    public BlockOutcome written(WriteOutcome.Written outcome) {
      return done(claimed, external.orElse(outcome.id()), generation);
    }

    @Override
    public BlockOutcome timeTaken(WriteOutcome.TimeTaken outcome) {
      giveBack(claimed, seen);
      return new TimeTaken();
    }

    /** Somebody has changed the appointment since we read it, so we read it again. */
    @Override
    public BlockOutcome changed(WriteOutcome.Changed outcome) {
      return later(claimed, RETRY_WHEN_CHANGED);
    }

    @Override
    public BlockOutcome absent(WriteOutcome.Absent outcome) {
      return later(claimed, RETRY_WHEN_CHANGED);
    }

    @Override
    public BlockOutcome refused(WriteOutcome.Refused outcome) {
      boolean isType = outcome.code().equals(WriteOutcome.Refused.APPOINTMENT_TYPE);
      giveBack(claimed, seen);
      return new Refused(outcome.code(), isType);
    }

    @Override
    public BlockOutcome unknown(WriteOutcome.Unknown outcome) {
      ledger.doubt(claimed.fence());
      LOG.warn("block-unknown", "block", claimed.block());
      return new Later(outcome.retryAfter());
    }
  }

  /**
   * Nothing was changed. If the outcome of an earlier change was unknown, it is known now, and the
   * block no longer counts as being where that change would have put it.
   */
  private void giveBack(Claimed claimed, Seen seen) {
    if (claimed.before().isInDoubt()) {
      ledger.open(claimed.fence(), seen.fingerprint(), seen.external(), seen.generation());
    } else {
      ledger.release(claimed.fence(), claimed.before());
    }
  }

  private BlockOutcome done(Claimed claimed, String external, int generation) {
    ledger.done(claimed.fence(), external, generation);
    return new Settled();
  }

  private BlockOutcome later(Claimed claimed, Duration delay) {
    ledger.release(claimed.fence(), claimed.before());
    return new Later(delay);
  }

  private BlockOutcome refused(Claimed claimed, String code, boolean isType) {
    ledger.release(claimed.fence(), claimed.before());
    return new Refused(code, isType);
  }
}
