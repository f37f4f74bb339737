package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.upkeep.ResumePoint;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The task {@code renewals}: opens and renews the watches of all mirrored calendars, and stops
 * those that are not needed (docs/decisions/0048). One calendar that fails does not stop the
 * others. What there is no time for is left to the next run, which begins with it.
 */
@Singleton
class RenewWatches implements Task {
  private static final Log LOG = Log.of(RenewWatches.class);

  private final WatchedCalendars calendars;
  private final RenewCalendar renewCalendar;
  private final StopStrays strays;
  private final WatchAddress address;
  private final ResumePoint resumePoint;
  private final Clock clock;

  RenewWatches(
      WatchedCalendars calendars,
      RenewCalendar renewCalendar,
      StopStrays strays,
      WatchAddress address,
      ResumePoint resumePoint,
      Clock clock) {
    this.calendars = calendars;
    this.renewCalendar = renewCalendar;
    this.strays = strays;
    this.address = address;
    this.resumePoint = resumePoint;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "renewals";
  }

  @Override
  public JsonNode run(TaskRequest request, Deadline deadline) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("task", name())
            .put("at", clock.instant().toString())
            .put("dryRun", request.dryRun());
    List<Provider> unable = address.unable();
    answer.put("reachable", unable.isEmpty());
    if (!unable.isEmpty()) {
      LOG.info("watches-off", "reason", "no-public-https-address", "providers", unable);
    }

    // 1. Each calendar.
    List<RenewCalendar.Calendar> all =
        resumePoint.rotate(
            name(), callable(request.practitioner()), RenewCalendar.Calendar::binding);
    RenewalCounts total = new RenewalCounts();
    ArrayNode changed = answer.putArray("calendars");
    int left = 0;
    Optional<String> next = Optional.empty();
    for (RenewCalendar.Calendar calendar : all) {
      if (!deadline.leaves(RenewCalendar.LONGEST)) {
        left++;
        next = next.or(() -> Optional.of(calendar.binding()));
      } else if (request.dryRun()) {
        preview(calendar, changed);
      } else {
        renew(calendar, total, changed);
      }
    }

    if (request.practitioner().isEmpty() && !request.dryRun()) {
      resumePoint.write(name(), next);
    }

    // 2. Watches that no row knows. All calendars have to be looked at for that.
    RenewalCounts stopped = new RenewalCounts();
    if (left == 0 && request.practitioner().isEmpty() && !request.dryRun()) {
      stopped = strays.stop(all, deadline);
    }
    answer.set("all", total.json());
    answer.set("strays", stopped.json());
    return answer.put("left", left);
  }

  /** Watches of a provider that is off end by themselves. */
  private List<RenewCalendar.Calendar> callable(Optional<String> practitioner) {
    return calendars.all(practitioner).stream().filter(renewCalendar::canCall).toList();
  }

  private void renew(RenewCalendar.Calendar calendar, RenewalCounts total, ArrayNode changed) {
    RenewalCounts counts = new RenewalCounts();
    try {
      counts = renewCalendar.renew(calendar);
    } catch (UnavailableException | SdkException | IllegalStateException e) {
      LOG.failure("renewal-failed", e);
      counts.failed("unavailable");
    }
    total.add(counts);
    if (!counts.isNothing()) {
      changed.add(counts.json().put("binding", calendar.binding()));
    }
  }

  private void preview(RenewCalendar.Calendar calendar, ArrayNode changed) {
    WatchPlan plan = renewCalendar.preview(calendar);
    if (!plan.isEmpty()) {
      changed
          .addObject()
          .put("binding", calendar.binding())
          .put("open", plan.open())
          .put("renew", plan.renew().isPresent())
          .put("stop", plan.close().size())
          .put("forget", plan.forget().size());
    }
  }
}
