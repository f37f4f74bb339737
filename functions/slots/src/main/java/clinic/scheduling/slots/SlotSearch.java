package clinic.scheduling.slots;

import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.HeldTimes;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Runs one slot lookup, which takes at most ten seconds. The steps of {@link #find} are:
 *
 * <ol>
 *   <li>read which clinician works where, and with which licences;
 *   <li>select the clinicians who match the query, and the hours in which they can be booked;
 *   <li>start to read our holds and Canvas for all of these clinicians at once;
 *   <li>remove the busy times from the times that Canvas proposes;
 *   <li>sort the times that are left.
 * </ol>
 *
 * <p>Fails closed for each clinician (docs/decisions/0012). If anything about a clinician cannot be
 * read, no time of theirs is offered, and the answer names them with the reason. Other clinicians
 * are not affected.
 */
@Singleton
class SlotSearch {
  private static final Log LOG = Log.of(SlotSearch.class);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final int HOLD_READS_AT_ONCE = 16;

  /** DynamoDB reads at most this many rows in one BatchGetItem call. */
  private static final int ROWS_PER_READ = 100;

  /** By how many places each lookup rotates the order of the clinicians. */
  private static final int ROTATION_STEP = 17;

  private final Practice practice;
  private final Directory directory;
  private final Holds holds;
  private final CanvasTimes canvas;
  private final Clock clock;
  private final ConcurrencyLimit holdReadLimit;
  private final AtomicInteger rotation = new AtomicInteger();

  SlotSearch(Practice practice, Directory directory, Holds holds, CanvasTimes canvas, Clock clock) {
    this.practice = practice;
    this.directory = directory;
    this.holds = holds;
    this.canvas = canvas;
    this.clock = clock;
    this.holdReadLimit = new ConcurrencyLimit(Reason.HOLDS_UNREADABLE, HOLD_READS_AT_ONCE, clock);
  }

  @PreDestroy
  void stop() {
    holdReadLimit.close();
  }

  /** The offers in the order of the answer, and the clinicians of whom no time is offered. */
  record Result(List<Offer> offers, List<Unavailable> unavailable) {}

  /** The reads about one clinician whose answers are still pending. */
  private record Pending(
      CompletableFuture<HeldTimes> held,
      CompletableFuture<CanvasTimes.Appointments> appointments,
      List<PendingSlots> slots) {}

  /** The pending Slot search for one schedule of the clinician. */
  private record PendingSlots(BookableHours hours, CompletableFuture<List<Interval>> candidates) {}

  /**
   * @throws UnavailableException if at least one clinician had to be looked up and none could be
   *     read
   */
  Result find(SlotQuery query) {
    Instant deadline = clock.instant().plus(TIME_LIMIT);

    // 1. Read who works where, and with which licences. Without this nothing can be offered.
    Directory.Known known = directory.get(deadline);

    // 2. Select the matching clinicians and their bookable hours. Only these are looked up.
    Map<Practitioner, List<BookableHours>> bookable = new LinkedHashMap<>();
    List<Unavailable> unavailable = new ArrayList<>();
    for (Practitioner who : inRotation()) {
      List<BookableHours> all =
          known.bookables().stream()
              .filter(one -> one.isFor(who) && query.matches(one))
              .map(one -> BookableHours.of(one, query, clock.instant()))
              .toList();
      List<BookableHours> open = all.stream().filter(hours -> !hours.isEmpty()).toList();
      if (!open.isEmpty()) {
        bookable.put(who, open);
      } else {
        unavailableReason(who, known, all, query)
            .ifPresent(reason -> unavailable.add(new Unavailable(who.id(), reason)));
      }
    }

    // 3. Start to read our holds and Canvas for all of them at once, without waiting for results.
    Map<Practitioner, Pending> reads = startReads(bookable, query, deadline);

    // 4. Remove the busy times from those that Canvas proposes. Leave out clinicians whose data
    // cannot be read.
    List<Offer> offers = new ArrayList<>();
    List<UnreadableException> failures = new ArrayList<>();
    reads.forEach(
        (who, pending) -> {
          try {
            offers.addAll(offers(who, pending, deadline));
          } catch (UnreadableException e) {
            LOG.failure("unreadable practitioner=" + who.id(), e);
            failures.add(e);
            unavailable.add(new Unavailable(who.id(), e.reason()));
          }
        });
    if (!failures.isEmpty() && failures.size() == reads.size()) {
      throw allUnreadable(failures);
    }

    // 5. Sort into the order of the answer.
    List<Offer> sorted = Offer.inOrder(offers);
    return new Result(
        query.firstPerPractitioner() ? Offer.firstPerPractitioner(sorted) : sorted,
        unavailable.stream().sorted(Comparator.comparing(Unavailable::practitioner)).toList());
  }

  /**
   * Each lookup begins with another clinician, so that a lack of time does not always exclude the
   * same ones.
   */
  private List<Practitioner> inRotation() {
    List<Practitioner> all = new ArrayList<>(practice.practitioners());
    Collections.rotate(all, rotation.updateAndGet(before -> (before + ROTATION_STEP) % all.size()));
    return all;
  }

  /**
   * Why this clinician cannot be booked; empty if only the time or the location of the query
   * excludes them.
   */
  private static Optional<Reason> unavailableReason(
      Practitioner who, Directory.Known known, List<BookableHours> hours, SlotQuery query) {
    if (hours.isEmpty() && known.hasUnreadableSchedule() && query.includes(who)) {
      return Optional.of(Reason.SCHEDULE_UNREADABLE);
    }
    if (query.wouldInclude(who) && known.bookables().stream().noneMatch(one -> one.isFor(who))) {
      return Optional.of(Reason.NO_SCHEDULE);
    }
    return hours.stream().flatMap(one -> one.gap().stream()).findFirst().map(Reason::of);
  }

  /**
   * Starts to read the holds of several clinicians in one call and, at the same time, each
   * clinician's times in Canvas.
   */
  private Map<Practitioner, Pending> startReads(
      Map<Practitioner, List<BookableHours>> bookable, SlotQuery query, Instant deadline) {
    Map<Practitioner, Pending> pending = new LinkedHashMap<>();
    if (bookable.isEmpty()) {
      return pending;
    }
    Interval window = hull(bookable.values().stream().flatMap(List::stream).toList());
    int perRead = Math.max(1, ROWS_PER_READ / Holds.rowCount(window));
    List<Practitioner> everybody = List.copyOf(bookable.keySet());
    for (int from = 0; from < everybody.size(); from += perRead) {
      List<Practitioner> batch =
          everybody.subList(from, Math.min(from + perRead, everybody.size()));
      CompletableFuture<Map<String, HeldTimes>> held =
          holdReadLimit.call(deadline, () -> heldTimes(batch, window));
      for (Practitioner who : batch) {
        pending.put(
            who,
            startReads(
                who,
                Objects.requireNonNull(bookable.get(who)),
                held.thenApply(all -> Objects.requireNonNull(all.get(who.canvasId()))),
                query,
                deadline));
      }
    }
    return pending;
  }

  private Map<String, HeldTimes> heldTimes(List<Practitioner> batch, Interval window) {
    List<String> keys = batch.stream().map(Practitioner::canvasId).toList();
    return keys.size() == 1
        ? Map.of(keys.get(0), holds.taken(keys.get(0)))
        : holds.taken(keys, window);
  }

  private Pending startReads(
      Practitioner who,
      List<BookableHours> hours,
      CompletableFuture<HeldTimes> held,
      SlotQuery query,
      Instant deadline) {
    CompletableFuture<String> version = held.thenApply(HeldTimes::stamp);
    return new Pending(
        held,
        canvas.appointments(who.canvasId(), hull(hours), version, deadline),
        hours.stream()
            .map(
                one ->
                    new PendingSlots(
                        one,
                        canvas.candidates(
                            one.bookable().schedule(),
                            one.hull(),
                            query.minutes(),
                            version,
                            deadline)))
            .toList());
  }

  private List<Offer> offers(Practitioner who, Pending pending, Instant deadline) {
    CanvasTimes.Appointments appointments = await(pending.appointments(), deadline);
    List<Interval> held =
        VacatedTimes.stillHeld(
            await(pending.held(), deadline).holds(),
            who.canvasId(),
            appointments.all(),
            clock.instant());
    List<Interval> busy = Stream.concat(held.stream(), appointments.busy().stream()).toList();
    return pending.slots().stream()
        .flatMap(one -> one.hours().offers(await(one.candidates(), deadline), busy).stream())
        .toList();
  }

  private <T> T await(CompletableFuture<T> answer, Instant deadline) {
    return ConcurrencyLimit.await(answer, deadline, clock);
  }

  private static UnavailableException allUnreadable(List<UnreadableException> failures) {
    return new UnavailableException(
        failures.get(0).system(),
        failures.stream()
            .map(UnavailableException::retryAfter)
            .max(Duration::compareTo)
            .orElseThrow());
  }

  private static Interval hull(Collection<BookableHours> hours) {
    return TimeSet.of(hours.stream().map(BookableHours::hull).toList()).hull().orElseThrow();
  }
}
