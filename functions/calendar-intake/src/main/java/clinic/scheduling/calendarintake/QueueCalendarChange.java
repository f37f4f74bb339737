package clinic.scheduling.calendarintake;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.RowBusyException;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarNotices.NoticeState;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Queues a calendar after a notice, so that a burst of notices costs few messages and no change is
 * lost (docs/decisions/0047). The first notice of a burst queues a message at once. The next one
 * queues a message with a delay, which stands for all notices that come before the delay is over.
 */
@Singleton
class QueueCalendarChange {
  private static final Log LOG = Log.of(QueueCalendarChange.class);

  /** A notice that comes so soon after a message belongs to the same burst. */
  static final Duration BURST = Duration.ofSeconds(4);

  /** How long the message that stands for further notices waits. */
  static final Duration DELAY = Duration.ofSeconds(3);

  /** Longer than a call to the queue can take. */
  static final Duration LEASE = Duration.ofSeconds(6);

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** While another process sends, we wait two seconds at most, and then send as well. */
  private static final int ATTEMPTS = 20;

  private static final long PAUSE_MILLIS = 100;

  private final CalendarNotices notices;
  private final Queue<CalendarChange> queue;
  private final Holds holds;
  private final Supplier<Practice> practice;
  private final Clock clock;
  private final Wait wait;

  /**
   * @param practice the practice document, which is loaded only when a notice is genuine
   */
  @Inject
  QueueCalendarChange(
      CalendarNotices notices,
      Queue<CalendarChange> queue,
      Holds holds,
      Instance<Practice> practice,
      Clock clock) {
    this(notices, queue, holds, practice::get, clock, Thread::sleep);
  }

  QueueCalendarChange(
      CalendarNotices notices,
      Queue<CalendarChange> queue,
      Holds holds,
      Supplier<Practice> practice,
      Clock clock,
      Wait wait) {
    this.notices = notices;
    this.queue = queue;
    this.holds = holds;
    this.practice = practice;
    this.clock = clock;
    this.wait = wait;
  }

  /** How to wait; simulations substitute virtual time. */
  interface Wait {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * Returns when a message about the calendar is in the queue that nobody has picked up before now,
   * or when the practice document does not mirror the calendar.
   *
   * @return whether the practice document mirrors the calendar
   * @throws UnavailableException if no message could be queued
   */
  boolean queueOnce(String binding) {
    Optional<Practitioner> who = practice.get().practitionerWithCalendar(binding);
    Optional<CalendarBinding> calendar =
        who.flatMap(
            it ->
                it.calendars().stream()
                    .filter(one -> one.key().equals(binding) && one.blocksCanvas())
                    .findFirst());
    if (calendar.isEmpty()) {
      LOG.info("notice-of-other-calendar", "binding", binding);
      return false;
    }
    queueOnce(calendar.get(), who.orElseThrow());
    return true;
  }

  private void queueOnce(CalendarBinding calendar, Practitioner who) {
    Instant notice = clock.instant();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      NoticeState state = notices.read(calendar.key());
      if (state.isCovered(notice)) {
        return;
      }
      Optional<NoticeState> turn =
          state.hasSender(clock.instant())
              ? Optional.empty()
              : notices.takeTurn(state, notice, LEASE);
      if (turn.isPresent()) {
        send(calendar, who, state.isSentAfter(notice.minus(BURST)) ? DELAY : Duration.ZERO, turn);
        return;
      }
      pause();
    }
    send(calendar, who, Duration.ZERO, Optional.empty());
  }

  /** Sends the message, and only then records that it is in the queue. */
  private void send(
      CalendarBinding calendar, Practitioner who, Duration delay, Optional<NoticeState> turn) {
    Instant before = clock.instant();
    try {
      queue.send(CalendarChange.of(calendar.providerName(), calendar.key(), before), delay);
    } catch (SdkException e) {
      turn.ifPresent(it -> orLog(() -> notices.giveBack(it)));
      throw new UnavailableException("queue", RETRY, e);
    }
    LOG.info("calendar-notice", "binding", calendar.key(), "delay", delay.toSeconds());
    turn.ifPresent(it -> orLog(() -> notices.sent(it, before, delay)));
    orLog(() -> holds.invalidate(who.canvasId()));
  }

  /**
   * The message is what counts. If one of these rows is not written, at worst there are more
   * messages, or a free time is offered some seconds longer.
   */
  private static void orLog(Runnable write) {
    try {
      write.run();
    } catch (SdkException | RowBusyException e) {
      LOG.failure("notice-not-recorded", e);
    }
  }

  private void pause() {
    try {
      wait.millis(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("queue", RETRY, e);
    }
  }
}
