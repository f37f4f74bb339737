package clinic.scheduling.booking.meeting;

import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings.Read;
import clinic.scheduling.calendaraccess.meeting.MeetingPolicy;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks the calendars of a clinician whether a meeting is in the way of a visit. A meeting that was
 * made seconds ago may not block time in Canvas yet.
 *
 * <p>All calendars of the clinician are asked at once, and all together get two seconds, or less if
 * the write that follows would not have its time otherwise. A calendar that cannot be read in this
 * time counts as free: then the appointments in Canvas decide alone, as they do without this check.
 * A log line says so, and a metric counts it (docs/decisions/0050-a-booking-asks-the-calendars.md).
 */
@Singleton
public class MeetingCheck {
  private static final Log LOG = Log.of(MeetingCheck.class);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

  /** No calendar answers within less time, so none is asked then. */
  private static final Duration SHORTEST = Duration.ofMillis(300);

  /** What is left beside the time that the write needs, for what happens between the two. */
  private static final Duration RESERVE = Duration.ofMillis(200);

  /** Calls that were given up may still occupy a thread for some seconds. */
  private static final int THREADS = 8;

  private static final int MOST_WAITING = 16;
  private static final int THREAD_KEPT_SECONDS = 30;

  private final AskedCalendars calendars;
  private final Practice practice;
  private final MailboxPauses pauses;
  private final CallBudget budget;
  private final ThreadPoolExecutor threads;

  MeetingCheck(
      AskedCalendars calendars, Practice practice, MailboxPauses pauses, CallBudget budget) {
    this.calendars = calendars;
    this.practice = practice;
    this.pauses = pauses;
    this.budget = budget;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            THREAD_KEPT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING));
    threads.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /**
   * What one calendar says about the time.
   *
   * @param unread why the calendar could not be read; empty if it was
   */
  private record Answer(boolean isBusy, Optional<String> unread) {
    static Answer unread(String why) {
      return new Answer(false, Optional.of(why));
    }

    void log(CalendarBinding calendar) {
      unread.ifPresent(why -> LOG.warn("meetings-unread", "binding", calendar.key(), "why", why));
      if (isBusy) {
        LOG.info("meeting-in-the-way", "binding", calendar.key());
      }
    }
  }

  /**
   * Whether a meeting of the clinician overlaps the visit or its buffers, as a block in Canvas
   * would have to. Events that we have written for visits are no meetings: Canvas says which visits
   * there are.
   *
   * @throws UnavailableException if too little time would be left for the write that follows
   */
  public boolean findsMeetingAt(OfferedSlot slot) {
    List<CalendarBinding> asked = calendars.of(slot.practitioner());
    if (asked.isEmpty()) {
      return false;
    }
    budget.require(CallTimes.WRITE_AND_SEARCH);
    Duration limit = budget.spare(CallTimes.WRITE_AND_SEARCH.plus(RESERVE), TIME_LIMIT);
    List<Answer> answers =
        limit.compareTo(SHORTEST) < 0
            ? Collections.nCopies(asked.size(), Answer.unread("no-time"))
            : ask(asked, slot.withBuffers(), limit);
    for (int i = 0; i < asked.size(); i++) {
      answers.get(i).log(asked.get(i));
    }
    return answers.stream().anyMatch(Answer::isBusy);
  }

  /** Asks all calendars at once. The answers are in the order of the calendars. */
  private List<Answer> ask(List<CalendarBinding> asked, Interval time, Duration limit) {
    List<Callable<Answer>> questions =
        asked.stream().map(calendar -> question(calendar, time)).toList();
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer :
          threads.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS)) {
        answers.add(result(answer));
      }
      return answers;
    } catch (RejectedExecutionException e) {
      return Collections.nCopies(asked.size(), Answer.unread("crowded"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Collections.nCopies(asked.size(), Answer.unread("interrupted"));
    }
  }

  private Callable<Answer> question(CalendarBinding calendar, Interval time) {
    Supplier<Answer> question = Log.sameUnit(() -> answer(calendar, time));
    return question::get;
  }

  private static Answer result(Future<Answer> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException e) {
      return Answer.unread("slow");
    } catch (ExecutionException e) {
      return Answer.unread("failed");
    }
  }

  private Answer answer(CalendarBinding calendar, Interval time) {
    if (pauses.remaining(calendar.key()).isPresent()) {
      return Answer.unread("paused");
    }
    return calendars
        .meetingsIn(calendar)
        .at(calendar.address(), time)
        .fold(
            read -> new Answer(isBusy(read, calendar, time), Optional.empty()),
            unreadable -> {
              unreadable.pause().ifPresent(delay -> pauses.pause(calendar.key(), delay));
              return Answer.unread(unreadable.why().name().toLowerCase(Locale.ROOT));
            });
  }

  private boolean isBusy(Read read, CalendarBinding calendar, Interval time) {
    ZoneId zone = practice.zoneOfMeetings(calendar);
    return read.meetings().stream()
        .flatMap(one -> MeetingPolicy.of(one, calendar.meetings(), zone).time().stream())
        .anyMatch(time::overlaps);
  }
}
