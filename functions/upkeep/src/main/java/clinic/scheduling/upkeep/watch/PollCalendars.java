package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.meetings.rows.MirroredCalendars.Mirrored;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The task {@code polls}: queues every calendar that was not read for its poll interval. So changes
 * whose notices were lost are found, and the product works without notices. It also queues the
 * calendars that are not mirrored any more and still have blocks, and renews the watches of which a
 * provider has said that they need it.
 */
@Singleton
class PollCalendars implements Task {
  private static final Log LOG = Log.of(PollCalendars.class);

  /** Half the time between two runs: whoever is due before the middle is due now. */
  private static final Duration EARLY = Duration.ofSeconds(150);

  /**
   * Two runs. A calendar without a fault is queued at most 2.5 minutes after its poll interval, and
   * read within seconds. The rest is for one run that does not take place, or for one that a
   * provider asks to come back some minutes later.
   */
  private static final Duration LATE_MARGIN = Duration.ofMinutes(10);

  /** Notices say nothing about rounds that fail again and again. */
  private static final Duration LONGEST_WITHOUT_ROUND = Duration.ofHours(1);

  private static final Duration ONE_MESSAGE = Duration.ofSeconds(5);

  private static final String POLLS = "upkeep#polls";
  private static final String SINCE = "since";
  private static final int MOST_POLLED = 20_000;
  private static final Duration KEPT = Duration.ofDays(400);

  private final WatchedCalendars calendars;
  private final MirroredCalendars mirrored;
  private final CalendarNotices notices;
  private final CalendarWatches watches;
  private final RenewCalendar renewCalendar;
  private final Queue<CalendarChange> changes;
  private final Rows rows;
  private final Clock clock;

  PollCalendars(
      WatchedCalendars calendars,
      MirroredCalendars mirrored,
      CalendarNotices notices,
      CalendarWatches watches,
      RenewCalendar renewCalendar,
      Queue<CalendarChange> changes,
      Rows rows,
      Clock clock) {
    this.calendars = calendars;
    this.mirrored = mirrored;
    this.notices = notices;
    this.watches = watches;
    this.renewCalendar = renewCalendar;
    this.changes = changes;
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "polls";
  }

  @Override
  public JsonNode run(TaskRequest request, Deadline deadline) {
    Map<String, Mirrored> read = new HashMap<>();
    mirrored.all().forEach(one -> read.put(one.binding(), one));
    Polled polled = new Polled(request.dryRun());

    // 1. Mirrored calendars, by their own poll intervals.
    List<CalendarBinding> bindings = calendars.mirrored(request.practitioner());
    Set<String> neverRead = new HashSet<>();
    for (CalendarBinding binding : bindings) {
      LastRound last = lastRound(binding, Optional.ofNullable(read.get(binding.key())));
      if (last.at().isEmpty()) {
        neverRead.add(binding.key());
      }
      poll(binding, last, deadline, polled);
    }

    bindings.forEach(binding -> read.remove(binding.key()));

    // 2. Calendars that have left and still have blocks.
    if (request.practitioner().isEmpty()) {
      read.keySet().forEach(binding -> queue(provider(binding), binding, deadline, polled));
      if (!request.dryRun()) {
        forgetFirstPolls(neverRead);
      }
    }

    // 3. Watches that need attention before the next run of renewals.
    for (CalendarBinding binding : bindings) {
      if (deadline.leaves(RenewCalendar.LONGEST) && !request.dryRun()) {
        renewIfAsked(binding, polled);
      }
    }
    return polled.json(clock.instant());
  }

  /** What a run has done. */
  private static final class Polled {
    private final boolean dryRun;
    private int queued;
    private int late;
    private int left;
    private final RenewalCounts renewals = new RenewalCounts();

    private Polled(boolean dryRun) {
      this.dryRun = dryRun;
    }

    private ObjectNode json(Instant now) {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("task", "polls")
              .put("at", now.toString())
              .put("dryRun", dryRun)
              .put("queued", queued)
              .put("late", late)
              .put("left", left);
      json.set("renewals", renewals.json());
      return json;
    }
  }

  /**
   * The last round of the clinician whose calendar was not read for the longest time.
   *
   * @param at empty if the calendar was never read for this clinician
   */
  private record LastRound(String practitioner, Optional<Instant> at) {}

  /** Several clinicians may share a calendar. The rounds of one do not hide those of another. */
  private LastRound lastRound(CalendarBinding binding, Optional<Mirrored> mirrored) {
    return calendars.clinicians(binding.key()).stream()
        .map(who -> new LastRound(who, mirrored.flatMap(it -> it.roundAt(who))))
        .min(Comparator.comparing(last -> last.at().orElse(Instant.EPOCH)))
        .orElseThrow();
  }

  private void poll(CalendarBinding binding, LastRound last, Deadline deadline, Polled polled) {
    Instant now = clock.instant();
    Duration poll = binding.meetings().poll();
    boolean isDue = last.at().filter(at -> at.plus(poll).minus(EARLY).isAfter(now)).isEmpty();
    if (isDue) {
      queue(binding.providerName(), binding.key(), deadline, polled);
      Instant readAt = last.at().orElseGet(() -> firstPoll(binding, polled));
      if (isLate(binding, now.minus(poll).minus(LATE_MARGIN), readAt)) {
        LOG.error("meetings-late", "binding", binding.key(), "practitioner", last.practitioner());
        polled.late++;
      }
    }
  }

  /**
   * @param late since when a calendar without a fault was read
   */
  private boolean isLate(CalendarBinding binding, Instant late, Instant readAt) {
    return readAt.isBefore(late.minus(LONGEST_WITHOUT_ROUND))
        || (readAt.isBefore(late)
            && notices.read(binding.key()).last().filter(late::isBefore).isEmpty());
  }

  /** Since when a calendar that was never read is polled. */
  private Instant firstPoll(CalendarBinding binding, Polled polled) {
    Instant now = clock.instant();
    RowKey key = new RowKey(POLLS, binding.key());
    Optional<Instant> since = rows.read(key).flatMap(row -> row.field(SINCE)).map(Instants::parse);
    if (since.isEmpty() && !polled.dryRun) {
      rows.update(
          key,
          row ->
              row.field(SINCE).isPresent()
                  ? Optional.empty()
                  : Optional.of(row.next(now.plus(KEPT), Map.of(SINCE, now.toString()))));
    }
    return since.orElse(now);
  }

  /** A calendar that was read, or that has left, would count as late at once if it came back. */
  private void forgetFirstPolls(Set<String> neverRead) {
    rows.readStartingWith(POLLS, "", MOST_POLLED).stream()
        .map(Row::key)
        .filter(key -> !neverRead.contains(key.sort()))
        .forEach(
            key ->
                rows.update(
                    key,
                    row ->
                        row.isNew()
                            ? Optional.empty()
                            : Optional.of(row.next(clock.instant(), Map.of()))));
  }

  private void queue(String provider, String binding, Deadline deadline, Polled polled) {
    if (!deadline.leaves(ONE_MESSAGE)) {
      polled.left++;
      return;
    }
    if (!polled.dryRun) {
      changes.send(CalendarChange.of(provider, binding, clock.instant()));
    }
    polled.queued++;
  }

  private void renewIfAsked(CalendarBinding binding, Polled polled) {
    try {
      boolean isAsked =
          watches.of(binding.key()).stream().anyMatch(watch -> watch.attention().isPresent());
      if (isAsked) {
        polled.renewals.add(
            renewCalendar.renew(
                new RenewCalendar.Calendar(binding.key(), binding.address(), true)));
      }
    } catch (UnavailableException | SdkException | IllegalStateException e) {
      LOG.failure("renewal-failed", e);
      polled.renewals.failed("unavailable");
    }
  }

  private static String provider(String binding) {
    return binding.substring(0, binding.indexOf('-'));
  }
}
