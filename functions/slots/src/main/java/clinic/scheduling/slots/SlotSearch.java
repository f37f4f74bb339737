package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks every fitting schedule at once, at most 16 at a time and 10 seconds in all. */
@Singleton
class SlotSearch {
  private static final Log LOG = Log.of(SlotSearch.class);
  private static final int AT_ONCE = 16;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Directory directory;
  private final FreeTimes freeTimes;
  private final Holds holds;
  private final Clock clock;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  SlotSearch(Directory directory, FreeTimes freeTimes, Holds holds, Clock clock) {
    this.directory = directory;
    this.freeTimes = freeTimes;
    this.holds = holds;
    this.clock = clock;
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /**
   * @throws UnavailableException if there was somebody to ask and nobody answered
   */
  Found find(SlotQuery query) {
    Set<Unavailable> unavailable = new LinkedHashSet<>();
    Map<Bookable, Future<List<Interval>>> asked = new LinkedHashMap<>();
    for (Bookable bookable : directory.now()) {
      if (fits(bookable, query)) {
        Interval window = window(bookable.location(), query);
        if (licensedSomewhere(bookable, query, window)) {
          asked.put(
              bookable, threads.submit(() -> freeTimes.of(bookable, window, query.minutes())));
        } else {
          unavailable.add(new Unavailable(bookable.practitioner().id(), Reason.NOT_LICENSED));
        }
      }
    }
    return collect(query, asked, unavailable);
  }

  private Found collect(
      SlotQuery query, Map<Bookable, Future<List<Interval>>> asked, Set<Unavailable> unavailable) {
    Instant deadline = clock.instant().plus(DEADLINE);
    List<Offer> offers = new ArrayList<>();
    int failed = 0;
    for (Map.Entry<Bookable, Future<List<Interval>>> one : asked.entrySet()) {
      Optional<List<Interval>> times = answer(one.getValue(), deadline);
      if (times.isEmpty()) {
        failed++;
        unavailable.add(
            new Unavailable(one.getKey().practitioner().id(), Reason.SCHEDULE_UNREADABLE));
      } else {
        offers.addAll(offers(one.getKey(), times.get(), query));
      }
    }
    if (failed > 0 && failed == asked.size()) {
      throw new UnavailableException("canvas", Duration.ofSeconds(5));
    }
    offers.sort(Offer.ORDER);
    return new Found(offers, List.copyOf(unavailable));
  }

  private Optional<List<Interval>> answer(Future<List<Interval>> asked, Instant deadline) {
    try {
      long left = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
      return Optional.of(asked.get(left, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      asked.cancel(true);
      LOG.failure("schedule-unreadable", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("slots", Duration.ofSeconds(1), e);
    }
  }

  private List<Offer> offers(Bookable bookable, List<Interval> times, SlotQuery query) {
    VisitType visit = query.visit();
    Interval bookableNow = bookableNow(visit);
    List<Interval> taken = holds.taken(bookable.practitioner().canvasId());
    return times.stream()
        .filter(time -> !time.start().isBefore(bookableNow.start()))
        .filter(time -> time.start().isBefore(bookableNow.end()))
        .filter(time -> licensed(bookable, query, dayOf(time, bookable.location())))
        .filter(time -> taken.stream().noneMatch(withBuffers(visit, time)::overlaps))
        .map(time -> new Offer(bookable, time))
        .toList();
  }

  private Interval bookableNow(VisitType visit) {
    Instant now = clock.instant();
    Instant first = now.plus(visit.minimumNotice());
    Instant last = now.plus(Duration.ofDays(visit.bookingWindowDays()));
    return new Interval(first, last.isAfter(first) ? last : first.plusSeconds(1));
  }

  private static Interval withBuffers(VisitType visit, Interval time) {
    return time.widened(visit.bufferBefore(), visit.bufferAfter());
  }

  private static boolean fits(Bookable bookable, SlotQuery query) {
    return query.visit().isOfferedAt(bookable.location().id())
        && query.location().map(bookable.location().id()::equals).orElse(true)
        && query.practitioner().map(bookable.practitioner().id()::equals).orElse(true)
        && query.specialty().map(bookable.practitioner().specialties()::contains).orElse(true);
  }

  private static boolean licensedSomewhere(Bookable bookable, SlotQuery query, Interval window) {
    ZoneId zone = bookable.location().zone();
    LocalDate first = LocalDate.ofInstant(window.start(), zone);
    LocalDate last = LocalDate.ofInstant(window.end(), zone);
    return first.datesUntil(last.plusDays(1)).anyMatch(day -> licensed(bookable, query, day));
  }

  /** In person the clinic's state counts; otherwise the patient's, or any if none is given. */
  private static boolean licensed(Bookable bookable, SlotQuery query, LocalDate day) {
    if (query.visit().modality().atClinic()) {
      return bookable
          .location()
          .state()
          .map(state -> bookable.licences().allow(state, day))
          .orElse(false);
    }
    return query
        .state()
        .map(state -> bookable.licences().allow(state, day))
        .orElseGet(() -> bookable.licences().allowSomewhere(day));
  }

  private static LocalDate dayOf(Interval time, Location place) {
    return LocalDate.ofInstant(time.start(), place.zone());
  }

  private static Interval window(Location place, SlotQuery query) {
    ZoneId zone = query.zone().orElse(place.zone());
    return new Interval(query.from().startIn(zone), query.to().endIn(zone));
  }
}
