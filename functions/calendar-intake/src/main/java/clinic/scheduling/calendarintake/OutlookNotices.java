package clinic.scheduling.calendarintake;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.Watch;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices of Microsoft Graph ({@code docs/facts/outlook.md} 4). One body may have notices of
 * several subscriptions. Each notice counts only if its {@code clientState} is right; everything
 * else in it is ignored, so it makes no difference how Graph spells a resource.
 */
@Singleton
class OutlookNotices {
  private static final Log LOG = Log.of(OutlookNotices.class);

  private static final String VALIDATION_TOKEN = "validationToken";
  private static final int LONGEST_TOKEN = 4_096;
  private static final int MAX_BODY = 1_048_576;

  /**
   * The most different secrets of one body that are looked at. Graph sends far fewer. What is left
   * out is found by the next poll.
   */
  private static final int MOST_SECRETS = 100;

  /**
   * The most wrong secrets of one body. Each costs us a read of the table, and anybody can send
   * some. Graph sends none, unless we have forgotten a subscription.
   */
  private static final int MOST_WRONG = 10;

  /**
   * No further secret is looked at later than this. One takes about two seconds at most if its
   * calendar gets many notices at once. Graph drops the notices for an address that often takes
   * longer than ten seconds.
   */
  private static final Duration LAST_START = Duration.ofSeconds(4);

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** The events of a subscription's life that only a renewal puts right. */
  private static final Set<String> NEEDS_RENEWAL =
      Set.of("reauthorizationRequired", "subscriptionRemoved");

  private static final String OTHER_EVENT = "";

  private final CalendarWatches watches;
  private final QueueCalendarChange queue;
  private final Clock clock;

  OutlookNotices(CalendarWatches watches, QueueCalendarChange queue, Clock clock) {
    this.watches = watches;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * The token that Graph sends before it creates a subscription, decoded; empty if this is no
   * handshake. No row is read, because the subscription's row may not be needed yet, and Graph
   * waits ten seconds only.
   */
  Optional<String> handshake(Request request) {
    Optional<String> token = Optional.ofNullable(request.query().get(VALIDATION_TOKEN));
    if (token.filter(text -> text.length() > LONGEST_TOKEN || text.isEmpty()).isPresent()) {
      throw Problem.invalid(VALIDATION_TOKEN, "must have 1 to " + LONGEST_TOKEN + " characters")
          .asException();
    }
    return token;
  }

  /**
   * Queues the calendar of each genuine notice, and drops the others.
   *
   * @throws Problem.ProblemException if the body is not a list of notices
   * @throws UnavailableException if there was no time for all of them; Graph sends the body again
   */
  void receive(Request request) {
    Deadline lastStart = Deadline.in(LAST_START, clock);
    JsonNode notices = request.json(MAX_BODY).path("value");
    if (!notices.isArray()) {
      throw Problem.invalid("value", "must be a list of notices").asException();
    }

    // 1. What each secret has to say: one of its notices is enough.
    Map<String, String> lifecycleBySecret = new LinkedHashMap<>();
    int unsigned = 0;
    int left = 0;
    for (JsonNode notice : notices) {
      String secret = notice.path("clientState").asText("");
      boolean known = lifecycleBySecret.containsKey(secret);
      if (CalendarWatches.bindingIn(secret).isEmpty()) {
        unsigned++;
      } else if (!known && lifecycleBySecret.size() == MOST_SECRETS) {
        left++;
      } else {
        lifecycleBySecret.merge(secret, lifecycle(notice), OutlookNotices::graver);
      }
    }

    // 2. Verify each secret, mark what needs renewal, and queue the calendar.
    Map<String, Boolean> queued = new LinkedHashMap<>();
    int wrong = 0;
    int late = 0;
    for (Map.Entry<String, String> one : lifecycleBySecret.entrySet()) {
      if (wrong == MOST_WRONG) {
        left++;
        continue;
      }
      if (!lastStart.leaves(Duration.ZERO)) {
        late++;
        continue;
      }
      Optional<Watch> watch = watches.withClientState(one.getKey());
      if (watch.isEmpty()) {
        unsigned++;
        wrong++;
      }
      watch
          .filter(it -> !one.getValue().equals(OTHER_EVENT))
          .ifPresent(it -> needsRenewal(it, one.getValue()));
      watch.ifPresent(it -> queued.computeIfAbsent(it.binding(), queue::queueOnce));
    }
    if (unsigned > 0) {
      LOG.warn("notice-refused", "provider", "outlook", "notices", unsigned);
    }
    if (left > 0) {
      LOG.warn("notices-left", "provider", "outlook", "notices", left);
    }
    if (late > 0) {
      LOG.warn("notices-late", "provider", "outlook", "notices", late);
      throw new UnavailableException("calendar notices: no time left", RETRY);
    }
  }

  private void needsRenewal(Watch watch, String event) {
    LOG.info("watch-needs-renewal", "binding", watch.binding(), "event", event);
    watches.needsAttention(watch, event);
  }

  /** The event of the subscription's life if it needs a renewal; otherwise an empty text. */
  private static String lifecycle(JsonNode notice) {
    String event = notice.path("lifecycleEvent").asText("");
    return NEEDS_RENEWAL.contains(event) ? event : OTHER_EVENT;
  }

  /** A subscription that was removed cannot be renewed, whatever else is said about it. */
  private static String graver(String one, String other) {
    List<String> fromGravest = List.of("subscriptionRemoved", "reauthorizationRequired");
    return fromGravest.stream()
        .filter(event -> event.equals(one) || event.equals(other))
        .findFirst()
        .orElse(OTHER_EVENT);
  }
}
