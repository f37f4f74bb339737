package clinic.scheduling.fanout;

import clinic.scheduling.calendars.effect.EffectOutcome;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.KnownEntries;
import clinic.scheduling.calendars.entry.SyncPlan;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Concurrency;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.CoalescingLock;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.fanout.ReadChangeNotice.BadNoticeException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings everything about one visit in line with Canvas:
 *
 * <ol>
 *   <li>Find the visit, and take its lock.
 *   <li>Read the visit in Canvas.
 *   <li>Invalidate the availability that lookups have cached.
 *   <li>Request the message to the patient.
 *   <li>Carry out the plan in every calendar.
 *   <li>Have it put right if it is not a visit but a block of a meeting, which staff have changed.
 * </ol>
 *
 * <p>Each step can be repeated. So a failure is thrown, and the next delivery of the message
 * repeats everything.
 */
@Singleton
final class SyncVisit {
  private static final Log LOG = Log.of(SyncVisit.class);

  /** How long to wait before the next read, because Canvas may show a change some seconds late. */
  private static final Duration RETRY_WHEN_NOT_SHOWN = Duration.ofSeconds(5);

  /**
   * How long after a notice we wait for Canvas to show the beginning of a thread, which is the
   * chain of appointments that one visit has had. After this time we treat the part that Canvas
   * shows as the visit.
   */
  private static final Duration THREAD_WAIT = Duration.ofMinutes(5);

  /** The time for one call to a calendar and for recording its outcome. */
  private static final Duration ONE_EFFECT = Duration.ofSeconds(5);

  /**
   * A mailbox that was added recently may deny access for two hours ({@code docs/facts/outlook.md}
   * 1), so a retry after a few seconds is of no use.
   */
  private static final Duration RETRY_WHEN_DENIED = Duration.ofMinutes(10);

  private final Canvas canvas;
  private final VisitReader reader;
  private final InvalidateAvailability availability;
  private final RequestMessage messages;
  private final DuplicateBooking duplicates;
  private final EffectRunner effects;
  private final RepairBlock blocks;
  private final VisitLock lock;
  private final Concurrency concurrency;
  private final MailboxTurns turns = new MailboxTurns();
  private final Clock clock;

  SyncVisit(
      Canvas canvas,
      VisitReader reader,
      InvalidateAvailability availability,
      RequestMessage messages,
      DuplicateBooking duplicates,
      EffectRunner effects,
      RepairBlock blocks,
      VisitLock lock,
      Concurrency concurrency,
      Clock clock) {
    this.canvas = canvas;
    this.reader = reader;
    this.availability = availability;
    this.messages = messages;
    this.duplicates = duplicates;
    this.effects = effects;
    this.blocks = blocks;
    this.lock = lock;
    this.concurrency = concurrency;
    this.clock = clock;
  }

  /**
   * @param messageId the SQS message id, which stays the same when the message is redelivered
   * @param deadline the time limit; if there is too little time for an effect, the next delivery of
   *     the message carries the effect out
   * @throws UnavailableException if the notice has to be delivered again, after the delay that the
   *     exception carries
   */
  void sync(ChangeNotice notice, String messageId, Deadline deadline) {
    String appointment = notice.knownAppointment().orElseThrow(BadNoticeException::new);
    LOG.put("appointment", appointment);
    // Find the visit: the first appointment of the thread names it.
    Optional<VisitThread.History> history = VisitThread.historyOf(appointment, canvas);
    String root = history.map(VisitThread.History::rootId).orElse(appointment);
    // Take its lock. A worker that already has the lock handles our request too.
    CoalescingLock.Result result =
        lock.run(
            root,
            messageId,
            SyncRequest.of(notice, root),
            request -> syncLocked(root, history, notice, messageId, request, deadline));
    LOG.info("synced", "visit", root, "fate", result.logWord());
  }

  /**
   * The work under the lock. It reads the visit again, because the visit may have changed before we
   * got the lock. It does not read the history again, because the appointments that an appointment
   * has replaced never change.
   */
  private void syncLocked(
      String root,
      Optional<VisitThread.History> history,
      ChangeNotice notice,
      String messageId,
      SyncRequest request,
      Deadline deadline) {
    // Read the visit in Canvas, and what the ledger knows of its entries.
    Optional<VisitThread> thread =
        history.flatMap(it -> it.thread(canvas)).or(() -> VisitThread.of(root, canvas));
    if (thread.filter(it -> isIncomplete(it, root, notice)).isPresent()) {
      throw new UnavailableException("canvas: the beginning of a thread", Duration.ofSeconds(1));
    }
    String correlation = thread.map(reader::correlation).orElse(root);
    LOG.put("correlation", correlation);
    KnownEntries known = effects.knownEntries(root);

    // Invalidate cached availability first. Doing it twice is harmless; without it, lookups would
    // offer times that are taken.
    availability.invalidate(thread, correlation, known.bindings());
    CanvasVisit visit = thread.map(reader::read).orElseGet(() -> absentIfKnown(root));

    // Request the patient's message. A repeat has the same key, so it makes no second message.
    if (!request.isSilent()) {
      requestMessage(visit, thread, request, correlation);
    }

    // Carry out the plan. If one calendar fails, the others are still written.
    SyncPlan plan = reader.plan(visit, known);
    String appointment = notice.knownAppointment().orElse(root);
    String occasion = Objects.requireNonNullElse(notice.noticeId(), messageId);
    Optional<Duration> retryAfter =
        runAll(
            Stream.concat(
                    plan.effects().stream().map(it -> new Task(root, it)),
                    removalsUnderLaterAppointment(appointment, root)
                        .map(it -> new Task(appointment, it)))
                .toList(),
            occasion,
            deadline);
    LOG.info("planned", "verdict", plan.verdict(), "effects", plan.effects().size());

    // If something has to wait, the next delivery of the message repeats everything.
    switch (plan.verdict()) {
      case SHOWN, NOT_SHOWN -> {}
      case NOT_YET_CLEAR ->
          throw new UnavailableException(
              "canvas: a successor that it does not show", RETRY_WHEN_NOT_SHOWN);
      case UNKNOWN -> LOG.error("unclear-visit");
    }
    if (retryAfter.isPresent()) {
      throw new UnavailableException("calendar", retryAfter.get());
    }

    // A block of a meeting is no visit. The meeting says how it has to be.
    if (visit.kind() == CanvasVisit.Kind.OUR_BLOCK) {
      thread.ifPresent(blocks::repair);
    }
  }

  /**
   * Whether Canvas does not show the whole thread yet, or showed only a later part of it before we
   * took the lock. If we treated a later part as a visit of its own, the patient would get a second
   * message. If we have already recorded that part as a visit, we do not wait again.
   */
  private boolean isIncomplete(VisitThread thread, String root, ChangeNotice notice) {
    boolean isFresh = clock.instant().isBefore(notice.receivedTime().plus(THREAD_WAIT));
    return !thread.rootId().equals(root)
        || (thread.root().replaces().isPresent() && isFresh && !messages.isRecorded(root));
  }

  /**
   * The visit of an appointment that Canvas does not show. If we have seen the visit before, the
   * appointment was deleted in Canvas. Otherwise the appointment may not be visible yet, so we
   * retry.
   */
  private CanvasVisit absentIfKnown(String root) {
    if (effects.knownEntries(root).bindings().isEmpty() && !messages.isRequested(root)) {
      LOG.warn("unknown-appointment", "appointment", root);
      throw new UnavailableException(
          "canvas: an appointment that it does not show", RETRY_WHEN_NOT_SHOWN);
    }
    LOG.warn("vanished-appointment", "appointment", root);
    return reader.absent(root);
  }

  /**
   * Requests the message to the patient. If Canvas has a booking twice, the patient gets messages
   * only about the appointment that the patient knows, even if that appointment is cancelled. Only
   * the clinic can say which of the two appointments was meant to be cancelled.
   */
  private void requestMessage(
      CanvasVisit visit, Optional<VisitThread> thread, SyncRequest request, String correlation) {
    Optional<VisitThread> original = thread.flatMap(it -> duplicates.recordedOriginal(it, canvas));
    if (original.isPresent()) {
      LOG.warn("twice-booked", "appointment", visit.root(), "known", original.get().rootId());
      messages.markWithoutMessage(visit, thread, request);
    } else {
      messages.request(visit, thread, request, correlation);
    }
  }

  /**
   * The removals of entries that were created under the id of a later appointment, while Canvas did
   * not show the first appointment.
   */
  private Stream<Effect> removalsUnderLaterAppointment(String appointment, String root) {
    return appointment.equals(root)
        ? Stream.empty()
        : effects.knownEntries(appointment).bindings().stream()
            .sorted()
            .map(binding -> new Effect.Remove(binding, Effect.Why.ELSEWHERE));
  }

  /** One effect to carry out, on an entry under the id of this appointment. */
  private record Task(String root, Effect effect) {
    String binding() {
      return effect.binding();
    }
  }

  /**
   * Carries out effects: those on one calendar one after another, those on different calendars at
   * the same time.
   *
   * @return the longest delay before a retry; empty if nothing is left to do
   */
  private Optional<Duration> runAll(List<Task> tasks, String occasion, Deadline deadline) {
    Map<String, List<Task>> byCalendar =
        tasks.stream()
            .collect(Collectors.groupingBy(Task::binding, LinkedHashMap::new, Collectors.toList()));
    List<Supplier<Optional<Duration>>> work =
        byCalendar.entrySet().stream()
            .<Supplier<Optional<Duration>>>map(
                of -> () -> turns.take(of.getKey(), () -> run(of.getValue(), occasion, deadline)))
            .toList();
    return longest(concurrency.all(work).stream());
  }

  private Optional<Duration> run(List<Task> tasks, String occasion, Deadline deadline) {
    return longest(tasks.stream().map(task -> run(task, occasion, deadline)).toList().stream());
  }

  private static Optional<Duration> longest(Stream<Optional<Duration>> delays) {
    return delays.flatMap(Optional::stream).max(Duration::compareTo);
  }

  /**
   * Carries out one effect.
   *
   * @return the delay before a retry; empty if nothing is left to do
   */
  private Optional<Duration> run(Task task, String occasion, Deadline deadline) {
    String root = task.root();
    Effect effect = task.effect();
    if (!deadline.leaves(ONE_EFFECT)) {
      LOG.warn("out-of-time", "binding", effect.binding());
      return Optional.of(RetryAfter.USUAL);
    }
    try {
      EffectOutcome outcome = effects.run(root, effect, occasion);
      return outcome.fold(
          settled -> settled(effect, settled),
          refused -> refused(root, effect, refused),
          denied -> denied(root, effect, denied),
          later -> Optional.of(later.delay()));
    } catch (RuntimeException e) {
      LOG.failure("calendar-failed", e);
      return Optional.of(RetryAfter.USUAL);
    }
  }

  private static Optional<Duration> settled(Effect effect, EffectOutcome.Settled settled) {
    if (settled.corrected()) {
      LOG.info("entry-put-right", "binding", effect.binding());
    }
    return Optional.empty();
  }

  /**
   * The provider would refuse a retry too, so we do not retry. The error in the log raises an
   * alarm.
   */
  private Optional<Duration> refused(String root, Effect effect, EffectOutcome.Refused refused) {
    if (!reader.hasCalendar(effect.binding())) {
      return stopTracking(root, effect, refused);
    }
    LOG.error("calendar-refused", "binding", effect.binding(), "code", refused.code());
    return Optional.empty();
  }

  private Optional<Duration> denied(String root, Effect effect, EffectOutcome.Denied denied) {
    if (denied.tooLong() && !reader.hasCalendar(effect.binding())) {
      return stopTracking(root, effect, denied);
    }
    LOG.warn("calendar-denied", "binding", effect.binding(), "code", denied.code());
    if (denied.tooLong()) {
      LOG.error("calendar-denied-for-hours", "binding", effect.binding(), "code", denied.code());
    }
    return Optional.of(RETRY_WHEN_DENIED);
  }

  /**
   * Gives up the entry in a calendar that the practice document no longer has, because nobody will
   * restore our access to it.
   */
  private Optional<Duration> stopTracking(String root, Effect effect, EffectOutcome outcome) {
    effects.stopTracking(root, effect.binding());
    LOG.error("calendar-given-up", "binding", effect.binding(), "why", outcome);
    return Optional.empty();
  }
}
