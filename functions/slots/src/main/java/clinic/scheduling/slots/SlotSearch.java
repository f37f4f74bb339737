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
 * A slot lookup: who fits the query, when they may be booked, what our holds and Canvas say, what
 * is left. All clinicians are asked about at once, within ten seconds.
 *
 * <p>Fails closed for each clinician (docs/decisions/0012): if anything about one cannot be read,
 * no time of theirs is offered, and they are named with the reason. The others are offered all the
 * same.
 */
@Singleton
class SlotSearch {
  private static final Log LOG = Log.of(SlotSearch.class);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final int HOLD_READS_AT_ONCE = 16;

  /** DynamoDB reads at most so many rows in one BatchGetItem call. */
  private static final int ROWS_PER_READ = 100;

  /** By how many clinicians the order moves on with each lookup. */
  private static final int ROTATION = 17;

  private final Practice practice;
  private final Directory directory;
  private final Holds holds;
  private final CanvasTimes canvas;
  private final Clock clock;
  private final ConcurrencyLimit holdReads;
  private final AtomicInteger rotation = new AtomicInteger();

  SlotSearch(Practice practice, Directory directory, Holds holds, CanvasTimes canvas, Clock clock) {
    this.practice = practice;
    this.directory = directory;
    this.holds = holds;
    this.canvas = canvas;
    this.clock = clock;
    this.holdReads = new ConcurrencyLimit(Reason.HOLDS_UNREADABLE, HOLD_READS_AT_ONCE, clock);
  }

  @PreDestroy
  void stop() {
    holdReads.close();
  }

  /** Offers in order, and the clinicians who are left out. */
  record Result(List<Offer> offers, List<Unavailable> unavailable) {}

  /** What we have asked about one clinician, and whose answers are still on their way. */
  private record Pending(
      CompletableFuture<HeldTimes> held,
      CompletableFuture<CanvasTimes.Appointments> appointments,
      List<PendingSlots> slots) {}

  /** What we have asked about one schedule of the clinician. */
  private record PendingSlots(BookableHours hours, CompletableFuture<List<Interval>> candidates) {}

  /**
   * @throws UnavailableException if there was somebody to ask about and nobody could be read
   */
  Result find(SlotQuery query) {
    Instant deadline = clock.instant().plus(TIME_LIMIT);

    // 1. Who works where, and with which licences. Without this nothing can be offered.
    Directory.Known known = directory.now(deadline);

    // 2. Who fits, and when they may be booked at all. Nobody else is asked about.
    Map<Practitioner, List<BookableHours>> bookable = new LinkedHashMap<>();
    List<Unavailable> unavailable = new ArrayList<>();
    for (Practitioner who : inRotation()) {
      List<BookableHours> all =
          known.bookables().stream()
              .filter(one -> one.isOf(who) && query.fits(one))
              .map(one -> BookableHours.of(one, query, clock.instant()))
              .toList();
      List<BookableHours> open = all.stream().filter(hours -> !hours.isEmpty()).toList();
      if (!open.isEmpty()) {
        bookable.put(who, open);
      } else {
        reasonWhyNot(who, known, all, query)
            .ifPresent(reason -> unavailable.add(new Unavailable(who.id(), reason)));
      }
    }

    // 3. Ask our holds and Canvas about all of them at once; nothing waits yet.
    Map<Practitioner, Pending> asked = ask(bookable, query, deadline);

    // 4. Take what is busy out of what is proposed. Whoever cannot be read is left out.
    List<Offer> offers = new ArrayList<>();
    List<UnreadableException> failures = new ArrayList<>();
    asked.forEach(
        (who, pending) -> {
          try {
            offers.addAll(offers(who, pending, deadline));
          } catch (UnreadableException e) {
            LOG.failure("unreadable practitioner=" + who.id(), e);
            failures.add(e);
            unavailable.add(new Unavailable(who.id(), e.reason()));
          }
        });
    if (!failures.isEmpty() && failures.size() == asked.size()) {
      throw nobodyReadable(failures);
    }

    // 5. In the order of the answer.
    List<Offer> sorted = Offer.inOrder(offers);
    return new Result(
        query.firstPerPractitioner() ? Offer.firstPerPractitioner(sorted) : sorted,
        unavailable.stream().sorted(Comparator.comparing(Unavailable::practitioner)).toList());
  }

  /**
   * Each lookup begins with somebody else, so that it is not always the same clinicians who are
   * left out when there is not enough time for all.
   */
  private List<Practitioner> inRotation() {
    List<Practitioner> all = new ArrayList<>(practice.practitioners());
    Collections.rotate(all, rotation.updateAndGet(before -> (before + ROTATION) % all.size()));
    return all;
  }

  /** Why this clinician cannot be booked; empty if it is only the time or place of the query. */
  private static Optional<Reason> reasonWhyNot(
      Practitioner who, Directory.Known known, List<BookableHours> hours, SlotQuery query) {
    if (hours.isEmpty() && known.damaged() && query.isAskedFor(who)) {
      return Optional.of(Reason.SCHEDULE_UNREADABLE);
    }
    if (query.mayMean(who) && known.bookables().stream().noneMatch(one -> one.isOf(who))) {
      return Optional.of(Reason.NO_SCHEDULE);
    }
    return hours.stream().flatMap(one -> one.gap().stream()).findFirst().map(Reason::of);
  }

  /** Reads the holds of several clinicians in one call, and Canvas of each meanwhile. */
  private Map<Practitioner, Pending> ask(
      Map<Practitioner, List<BookableHours>> bookable, SlotQuery query, Instant deadline) {
    Map<Practitioner, Pending> asked = new LinkedHashMap<>();
    if (bookable.isEmpty()) {
      return asked;
    }
    Interval window = hull(bookable.values().stream().flatMap(List::stream).toList());
    int perRead = Math.max(1, ROWS_PER_READ / Holds.rowCount(window));
    List<Practitioner> everybody = List.copyOf(bookable.keySet());
    for (int from = 0; from < everybody.size(); from += perRead) {
      List<Practitioner> some = everybody.subList(from, Math.min(from + perRead, everybody.size()));
      CompletableFuture<Map<String, HeldTimes>> held =
          holdReads.call(deadline, () -> heldTimes(some, window));
      for (Practitioner who : some) {
        asked.put(
            who,
            ask(
                who,
                Objects.requireNonNull(bookable.get(who)),
                held.thenApply(all -> Objects.requireNonNull(all.get(who.canvasId()))),
                query,
                deadline));
      }
    }
    return asked;
  }

  private Map<String, HeldTimes> heldTimes(List<Practitioner> some, Interval window) {
    List<String> keys = some.stream().map(Practitioner::canvasId).toList();
    return keys.size() == 1
        ? Map.of(keys.get(0), holds.taken(keys.get(0)))
        : holds.taken(keys, window);
  }

  private Pending ask(
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

  private List<Offer> offers(Practitioner who, Pending asked, Instant deadline) {
    CanvasTimes.Appointments appointments = await(asked.appointments(), deadline);
    List<Interval> held =
        VacatedTimes.stillHeld(
            await(asked.held(), deadline).holds(),
            who.canvasId(),
            appointments.all(),
            clock.instant());
    List<Interval> busy = Stream.concat(held.stream(), appointments.busy().stream()).toList();
    return asked.slots().stream()
        .flatMap(one -> one.hours().offers(await(one.candidates(), deadline), busy).stream())
        .toList();
  }

  private <T> T await(CompletableFuture<T> answer, Instant deadline) {
    return ConcurrencyLimit.await(answer, deadline, clock);
  }

  private static UnavailableException nobodyReadable(List<UnreadableException> failures) {
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
