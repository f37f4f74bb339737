package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.availability.BusyTimes;
import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.TimedCache;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.free.VisitRules;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.token.SlotToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * If a time is taken, proposes up to five free times of the same clinician that are nearest to it,
 * at most seven days away. A proposed time is checked again when somebody books it. Canvas's answer
 * is cached for five seconds, since several callers may have wanted the same time. If Canvas or the
 * table does not answer, nothing is proposed.
 */
@Singleton
public class NearestTimes {
  private static final Log LOG = Log.of(NearestTimes.class);
  private static final int MOST = 5;
  private static final Duration AROUND = Duration.ofDays(7);
  private static final Duration CACHED = Duration.ofSeconds(5);

  private final Practice practice;
  private final Canvas canvas;
  private final Clinicians clinicians;
  private final Holds holds;
  private final SignedTokens tokens;
  private final Clock clock;
  private final TimedCache<CacheKey, Known> cache;

  public NearestTimes(
      Practice practice,
      Canvas canvas,
      Clinicians clinicians,
      Holds holds,
      SignedTokens tokens,
      Clock clock) {
    this.practice = practice;
    this.canvas = canvas;
    this.clinicians = clinicians;
    this.holds = holds;
    this.tokens = tokens;
    this.clock = clock;
    this.cache = new TimedCache<>(CACHED, 200, clock);
  }

  private record CacheKey(String schedule, String practitioner, LocalDate day, int minutes) {}

  private record Known(
      List<Interval> candidates, List<Interval> busy, List<VacatedTimes.Shown> shown) {}

  /**
   * @param state the state where the patient will be; it counts only for a visit that is not at the
   *     clinic
   * @return {@code [{"slot", "start", "end"}]}, sorted by start
   */
  public ArrayNode nearestTo(OfferedSlot taken, Optional<String> state) {
    ArrayNode nearest = JsonNodeFactory.instance.arrayNode();
    try {
      times(taken, state).forEach(time -> add(nearest, taken, time));
    } catch (RuntimeException e) {
      LOG.failure("nearest-unknown", e); // the refusal is still sent, without proposals
    }
    return nearest;
  }

  private List<Interval> times(OfferedSlot taken, Optional<String> state) {
    Instant wanted = taken.slot().start();
    Interval window = new Interval(wanted.minus(AROUND), wanted.plus(AROUND));
    VisitRules rules = new VisitRules(taken.visit(), taken.slot().minutes(), taken.place());
    ZoneId zone = taken.place().zone();
    Optional<String> where = taken.visit().modality().atClinic() ? taken.place().state() : state;
    TimeSet allowed =
        rules
            .open(window, clock.instant())
            .intersect(
                TimeSet.of(clinicians.cachedLicences(taken.practitioner()).periods(where, zone)));
    Known known = known(taken);
    String practitioner = taken.slot().practitioner();
    List<Interval> held =
        VacatedTimes.stillHeld(
            holds.taken(practitioner).holds(), practitioner, known.shown(), clock.instant());
    List<Interval> busy = Stream.concat(known.busy().stream(), held.stream()).toList();
    return rules.offered(allowed, known.candidates(), busy).stream()
        .filter(time -> !time.start().equals(wanted))
        .sorted(Comparator.comparing(time -> Duration.between(wanted, time.start()).abs()))
        .limit(MOST)
        .sorted(Comparator.comparing(Interval::start))
        .toList();
  }

  private Known known(OfferedSlot taken) {
    LocalDate day = LocalDate.ofInstant(taken.slot().start(), ZoneOffset.UTC);
    CacheKey key =
        new CacheKey(
            taken.slot().schedule(), taken.slot().practitioner(), day, taken.slot().minutes());
    return cache.get(key, () -> CompletableFuture.completedFuture(ask(key))).join();
  }

  private Known ask(CacheKey key) {
    long days = AROUND.toDays();
    LocalDate first = key.day().minusDays(days + 1);
    LocalDate last = key.day().plusDays(days);
    List<Interval> candidates =
        canvas.slots(key.schedule(), first, last, key.minutes()).stream()
            .flatMap(slot -> slot.freeTimeIn(key.schedule()).stream())
            .filter(time -> time.length().toMinutes() == key.minutes())
            .distinct()
            .sorted(Comparator.comparing(Interval::start))
            .toList();
    List<Appointment> found = canvas.appointmentsOf(key.practitioner(), first, last.plusDays(2));
    return new Known(
        candidates,
        BusyTimes.of(found, key.practitioner(), practice),
        found.stream().map(VacatedTimes.Shown::of).toList());
  }

  private void add(ArrayNode nearest, OfferedSlot taken, Interval time) {
    SlotToken was = taken.slot();
    SlotToken slot =
        new SlotToken(
            was.schedule(),
            was.practitioner(),
            was.location(),
            was.visit(),
            time.start(),
            was.minutes());
    Instant expires = clock.instant().plus(Duration.ofMinutes(practice.tokens().slotMinutes()));
    nearest
        .addObject()
        .put("slot", slot.signedBy(tokens, expires))
        .put("start", Instants.text(time.start(), taken.place().zone()))
        .put("end", Instants.text(time.end(), taken.place().zone()));
  }
}
