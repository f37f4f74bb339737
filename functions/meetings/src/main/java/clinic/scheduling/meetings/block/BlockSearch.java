package clinic.scheduling.meetings.block;

import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.ledger.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the appointment of a block in Canvas. After a change whose outcome is unknown, it looks for
 * the block by its name. Reads and searches may lag behind a write (docs/facts/canvas.md 3.9), so a
 * block that was written just now and is not shown is waited for.
 */
final class BlockSearch {
  /**
   * How long a write may still take effect, or a search may not show it yet. It is as long as
   * {@code WriteOutcome.Unknown} says at most.
   */
  private static final Duration MAY_LAND_WITHIN = Duration.ofSeconds(30);

  private static final Duration RETRY_WHEN_NOT_SHOWN = Duration.ofSeconds(5);

  /** The most names that were used since the row was written. */
  private static final int MOST_GENERATIONS = 10;

  /** The most appointments of a chain of reschedules that is followed. */
  private static final int MOST_LINKS = 5;

  private final Canvas canvas;
  private final String system;
  private final Clock clock;

  BlockSearch(Canvas canvas, IdentifierSystem system, Clock clock) {
    this.canvas = canvas;
    this.system = system.uri();
    this.clock = clock;
  }

  /** What the search has found. */
  sealed interface Result {
    <R> R fold(Function<Found, R> found, Function<None, R> none, Function<Wait, R> wait);
  }

  /**
   * The block takes time in Canvas.
   *
   * @param name the name of the block. If staff have moved it, Canvas has made another appointment,
   *     which may not carry the name
   * @param isMoved whether Canvas has made another appointment
   */
  record Found(BlockName name, Versioned<Appointment> appointment, boolean isMoved)
      implements Result {
    @Override
    public <R> R fold(Function<Found, R> found, Function<None, R> none, Function<Wait, R> wait) {
      return found.apply(this);
    }
  }

  /**
   * The block does not take time in Canvas.
   *
   * @param next the name that the next block gets
   * @param wasRemoved whether there was a block, and somebody has removed it
   */
  record None(BlockName next, boolean wasRemoved) implements Result {
    @Override
    public <R> R fold(Function<Found, R> found, Function<None, R> none, Function<Wait, R> wait) {
      return none.apply(this);
    }
  }

  /** Canvas does not show yet whether the block exists. */
  record Wait(Duration delay) implements Result {
    @Override
    public <R> R fold(Function<Found, R> found, Function<None, R> none, Function<Wait, R> wait) {
      return wait.apply(this);
    }
  }

  /**
   * @param before what the ledger said before the claim
   * @param inDoubt whether the outcome of the last change is unknown
   */
  Result find(String block, Entry before, boolean inDoubt) {
    BlockName name = new BlockName(block, before.generation());
    if (before.external().isEmpty()) {
      return inDoubt ? byName(name, before) : new None(name, false);
    }
    Optional<Versioned<Appointment>> known = canvas.appointment(before.external());
    if (known.isEmpty() && isRecent(before)) {
      return new Wait(RETRY_WHEN_NOT_SHOWN);
    }
    Optional<Found> standing = known.flatMap(it -> standing(name, it));
    if (standing.isPresent()) {
      return standing.get();
    }
    return inDoubt ? byName(name.next(), before) : new None(name.next(), true);
  }

  /** The block under this name or one of the next ones. */
  private Result byName(BlockName first, Entry before) {
    BlockName name = first;
    for (int n = 0; n < MOST_GENERATIONS; n++) {
      List<Appointment> same = canvas.appointmentsByIdentifier(system, name.text());
      Optional<Found> standing = standing(name, same);
      if (standing.isPresent()) {
        return standing.get();
      }
      if (same.isEmpty()) {
        return isRecent(before)
            ? new Wait(MAY_LAND_WITHIN)
            : new None(name, !name.equals(first) || !before.external().isEmpty());
      }
      name = name.next();
    }
    return new None(name, true);
  }

  private Optional<Found> standing(BlockName name, List<Appointment> same) {
    return same.stream()
        .flatMap(one -> Stream.ofNullable(one.id()))
        .flatMap(id -> canvas.appointment(id).stream())
        .flatMap(one -> standing(name, one).stream())
        .findFirst();
  }

  /** The appointment, or the one by which staff have replaced it, if that takes time. */
  private Optional<Found> standing(BlockName name, Versioned<Appointment> first) {
    Versioned<Appointment> one = first;
    for (int n = 0; n < MOST_LINKS; n++) {
      if (!isGone(one.resource())) {
        return Optional.of(new Found(name, one, n > 0));
      }
      Optional<Versioned<Appointment>> next =
          one.resource().replacedBy().flatMap(canvas::appointment);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      one = next.get();
    }
    return Optional.empty();
  }

  static boolean isGone(Appointment one) {
    return one.knownStatus().filter(AppointmentStatus::isGone).isPresent();
  }

  /** Whether the last change was so recent that Canvas may not show it yet. */
  private boolean isRecent(Entry before) {
    Instant last = before.settledAt();
    return before.state() != Entry.State.CLAIMED
        && clock.instant().isBefore(last.plus(MAY_LAND_WITHIN));
  }
}
