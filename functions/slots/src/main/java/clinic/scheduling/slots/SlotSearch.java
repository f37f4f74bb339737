package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who fits, when they may be booked, what Canvas and our holds say, what is left: all clinicians at
 * once, within ten seconds. A clinician of whom anything could not be read is not offered at all.
 */
@Singleton
class SlotSearch {
  static final Duration TIMES_KEPT = Duration.ofSeconds(5);
  static final int MOST_KEPT = 4_000;
  private static final Log LOG = Log.of(SlotSearch.class);
  private static final int TURN = 17;
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Practice practice;
  private final Directory directory;
  private final ClinicianAvailability calendars;
  private final Clock clock;
  private final AtomicInteger turn = new AtomicInteger();

  SlotSearch(Practice practice, Directory directory, ClinicianAvailability calendars, Clock clock) {
    this.practice = practice;
    this.directory = directory;
    this.calendars = calendars;
    this.clock = clock;
  }

  /**
   * @throws UnavailableException if there was somebody to ask and nobody could be read
   */
  SearchResult find(SlotQuery query) {
    Instant deadline = clock.instant().plus(WITHIN);
    Directory.Known all = directory.now(deadline);
    Map<Practitioner, Map<BookableClinician, TimeSet>> toAsk = new LinkedHashMap<>();
    List<Unavailable> unavailable = new ArrayList<>();
    for (Practitioner who : inTurn()) {
      Map<BookableClinician, BookableHours> allowed = allowed(who, all.bookables(), query);
      Map<BookableClinician, TimeSet> times = times(allowed);
      if (!times.isEmpty()) {
        toAsk.put(who, times);
      } else {
        reason(who, all, allowed, query)
            .ifPresent(reason -> unavailable.add(new Unavailable(who.id(), reason)));
      }
    }
    return collect(query, calendars.ask(toAsk, query, deadline), unavailable);
  }

  private Map<BookableClinician, BookableHours> allowed(
      Practitioner who, List<BookableClinician> all, SlotQuery query) {
    Map<BookableClinician, BookableHours> allowed = new LinkedHashMap<>();
    all.stream()
        .filter(one -> one.isOf(who) && query.fits(one))
        .forEach(one -> allowed.put(one, BookableHours.of(one, query, clock.instant())));
    return allowed;
  }

  private static Map<BookableClinician, TimeSet> times(
      Map<BookableClinician, BookableHours> allowed) {
    Map<BookableClinician, TimeSet> times = new LinkedHashMap<>();
    allowed.forEach(
        (one, when) -> {
          if (!when.times().isEmpty()) {
            times.put(one, when.times());
          }
        });
    return times;
  }

  /**
   * Each lookup begins with somebody else, so that where the time is not enough for all it is not
   * always the same ones who are left out.
   */
  private List<Practitioner> inTurn() {
    List<Practitioner> all = new ArrayList<>(practice.practitioners());
    Collections.rotate(all, turn.updateAndGet(before -> (before + TURN) % all.size()));
    return all;
  }

  /** Why nobody is asked about this clinician, unless it is the asked time itself. */
  private static Optional<Reason> reason(
      Practitioner who,
      Directory.Known all,
      Map<BookableClinician, BookableHours> allowed,
      SlotQuery query) {
    if (allowed.isEmpty() && all.damaged() && query.isAskedFor(who)) {
      return Optional.of(Reason.SCHEDULE_UNREADABLE);
    }
    if (query.mayMean(who) && all.bookables().stream().noneMatch(one -> one.isOf(who))) {
      return Optional.of(Reason.NO_SCHEDULE);
    }
    return allowed.values().stream().flatMap(one -> one.gap().stream()).findFirst().map(Reason::of);
  }

  private SearchResult collect(
      SlotQuery query,
      Map<Practitioner, AvailabilityRequest> asked,
      List<Unavailable> unavailable) {
    List<Offer> offers = new ArrayList<>();
    List<UnreadableException> failures = new ArrayList<>();
    asked.forEach(
        (who, calendar) -> {
          try {
            offers.addAll(calendar.offers());
          } catch (UnreadableException e) {
            LOG.failure("unreadable practitioner=" + who.id(), e);
            failures.add(e);
            unavailable.add(new Unavailable(who.id(), e.reason()));
          }
        });
    if (!failures.isEmpty() && failures.size() == asked.size()) {
      throw new UnavailableException(
          failures.get(0).system(),
          failures.stream()
              .map(UnavailableException::retryAfter)
              .max(Duration::compareTo)
              .orElseThrow());
    }
    List<Offer> sorted = Offer.inOrder(offers);
    return new SearchResult(
        query.firstPerPractitioner() ? Offer.firstPerPractitioner(sorted) : sorted,
        unavailable.stream().sorted(Comparator.comparing(Unavailable::practitioner)).toList());
  }
}
