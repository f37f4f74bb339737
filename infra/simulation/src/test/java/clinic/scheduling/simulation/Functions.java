package clinic.scheduling.simulation;

import clinic.scheduling.calendarintake.ReceiveCalendarNotice;
import clinic.scheduling.calendarintake.SimulatedCalendarIntake;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.SimulatedCalendars;
import clinic.scheduling.calendars.effect.MeetingRounds;
import clinic.scheduling.calendars.effect.SimulatedEffects;
import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.calendars.effect.SimulatedWatches;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.SimulatedCanvas;
import clinic.scheduling.confirmations.SendMessage;
import clinic.scheduling.confirmations.SimulatedConfirmations;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.fanout.SimulatedFanout;
import clinic.scheduling.fanout.SyncCalendars;
import clinic.scheduling.intake.ReceiveCanvasNotice;
import clinic.scheduling.intake.SimulatedIntake;
import clinic.scheduling.meetings.compare.ChangedBlocks;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.mirror.MirrorMeetings;
import clinic.scheduling.mirror.SimulatedMirror;
import clinic.scheduling.upkeep.RunUpkeep;
import clinic.scheduling.upkeep.SimulatedUpkeep;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.reconcile.SimulatedReconcile;
import clinic.scheduling.upkeep.watch.SimulatedWatchTasks;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The functions as AWS runs them: their processes, and the triggers of their work. */
final class Functions {
  static final String SECRET = "whsec_bmV3ZXN0LW5ld2VzdC1uZXdlc3QtbmV3ZXN0";
  private static final String TOKEN_SECRET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final int TIMEOUT_SECONDS = 15;
  private static final int LEASE_SECONDS = 45;
  private static final int UPKEEP_SECONDS = 300;
  private static final List<EffectKind> INTAKE =
      List.of(EffectKind.ROW_READ, EffectKind.ROW_WRITE, EffectKind.QUEUE_SEND, EffectKind.END);
  private static final List<EffectKind> FANOUT =
      List.of(
          EffectKind.ROW_READ,
          EffectKind.ROW_WRITE,
          EffectKind.CANVAS_READ,
          EffectKind.CALENDAR_CREATE,
          EffectKind.CALENDAR_UPDATE,
          EffectKind.CALENDAR_REMOVE,
          EffectKind.CALENDAR_READ,
          EffectKind.CALENDAR_FIND,
          EffectKind.QUEUE_SEND,
          EffectKind.VISIBILITY,
          EffectKind.END);
  private static final List<EffectKind> CONFIRMATIONS =
      List.of(
          EffectKind.ROW_READ,
          EffectKind.ROW_WRITE,
          EffectKind.CANVAS_READ,
          EffectKind.CANVAS_TOKEN,
          EffectKind.MAIL,
          EffectKind.TEXT,
          EffectKind.VISIBILITY,
          EffectKind.END);
  static final List<EffectKind> UPKEEP =
      List.of(
          EffectKind.ROW_READ,
          EffectKind.ROW_WRITE,
          EffectKind.CANVAS_READ,
          EffectKind.CALENDAR_LIST,
          EffectKind.CALENDAR_REMOVE,
          EffectKind.QUEUE_SEND,
          EffectKind.END);
  private static final List<EffectKind> MIRROR =
      List.of(
          EffectKind.CANVAS_CREATE,
          EffectKind.CANVAS_CREATE,
          EffectKind.CANVAS_UPDATE,
          EffectKind.CANVAS_UPDATE,
          EffectKind.CANVAS_UPDATE,
          EffectKind.ROW_WRITE,
          EffectKind.CALENDAR_ROUND,
          EffectKind.QUEUE_SEND);
  private static final double MIRROR_KILLED_PERCENT = 15;
  private static final int MIRROR_SECONDS = 60;
  private static final int MIRROR_LEASE_SECONDS = 90;
  private static final long MIRROR_VISIBILITY = 6 * 60_000;
  private static final long INTAKE_TIMEOUT = 10_000;
  private static final int CONCURRENCY = 4;

  private final Run run;
  private final Practice practice;
  private final ObjectMapper mapper;
  final SimulatedQueue changes;
  final SimulatedQueue messages;
  final SimulatedQueue events;
  final SimulatedQueue calendarChanges;
  private final Map<String, SimulatedQueue> byUrl;
  private final SimulatedConfirmations.Settings settings;
  private final Deque<Intake> idle = new ArrayDeque<>();
  private final CrashPlan intakeFates;
  private final Deque<CalendarIntake> idleCalendarIntake = new ArrayDeque<>();

  private record CalendarIntake(Process process, ReceiveCalendarNotice function) {}

  private record Intake(Process process, ReceiveCanvasNotice function) {}

  Functions(Run run, Practice practice, ObjectMapper mapper) {
    this.run = run;
    this.intakeFates = new CrashPlan(run, INTAKE);
    this.practice = practice;
    this.mapper = mapper;
    this.changes = new SimulatedQueue(run, "appointment-changes", mapper);
    this.messages = new SimulatedQueue(run, "patient-messages", mapper);
    this.events = new SimulatedQueue(run, "message-events", mapper);
    this.calendarChanges = new SimulatedQueue(run, "calendar-changes", mapper, MIRROR_VISIBILITY);
    this.byUrl =
        Map.of(
            changes.url(), changes,
            messages.url(), messages,
            events.url(), events,
            calendarChanges.url(), calendarChanges);
    this.settings =
        new SimulatedConfirmations.Settings(
            practice,
            mapper,
            SimulatedPractice.SYSTEM,
            "https://visits.example.invalid",
            messages.url(),
            events.url(),
            TIMEOUT_SECONDS,
            LEASE_SECONDS);
    new EventSourceMapping(run, changes, CONCURRENCY, FANOUT, this::fanout, run.oracle::synced);
    new EventSourceMapping(
        run, messages, CONCURRENCY, CONFIRMATIONS, this::confirmations, (process, done) -> {});
    new EventSourceMapping(
        run, events, 1, CONFIRMATIONS, this::confirmations, (process, done) -> {});
    new EventSourceMapping(
        run,
        calendarChanges,
        CONCURRENCY,
        CrashPlan.often(run, MIRROR, MIRROR_KILLED_PERCENT),
        MIRROR_SECONDS * 1000L,
        this::mirror,
        (process, done) -> {});
  }

  /**
   * Starts a new process. Its clock is wrong by at most a second; in three of a hundred processes
   * it is wrong by more.
   */
  Process process() {
    int most = run.random.percent(3) ? 120_000 : 1_000;
    return new Process(run, run.random.between(-most, most));
  }

  /** The response of the function; null if its process died. */
  @Nullable APIGatewayV2HTTPResponse receive(APIGatewayV2HTTPEvent event) {
    Intake intake = idle.isEmpty() ? intake() : idle.poll();
    Process process = intake.process();
    process.begin(INTAKE_TIMEOUT, intakeFates.draw());
    try {
      APIGatewayV2HTTPResponse answer = intake.function().receiveCanvasNotice(event);
      process.end();
      intakeFates.lived(process.effects());
      if (answer.getStatusCode() == 202 && process.work.sends == 0) {
        run.result.count(Counter.REPEAT_DROPPED);
      }
      run.time.at(run.time.now(), () -> idle.push(intake));
      return answer;
    } catch (ProcessKilled e) {
      return null;
    }
  }

  /** The response to a notice of Outlook or Google; null if the process died. */
  @Nullable APIGatewayV2HTTPResponse receiveCalendarNotice(APIGatewayV2HTTPEvent event) {
    CalendarIntake intake =
        idleCalendarIntake.isEmpty() ? calendarIntake() : idleCalendarIntake.poll();
    Process process = intake.process();
    process.begin(INTAKE_TIMEOUT, intakeFates.draw());
    try {
      APIGatewayV2HTTPResponse answer = intake.function().receiveCalendarNotice(event);
      process.end();
      run.time.at(run.time.now(), () -> idleCalendarIntake.push(intake));
      return answer;
    } catch (ProcessKilled e) {
      return null;
    }
  }

  private CalendarIntake calendarIntake() {
    Process process = process();
    QueueView queues = new QueueView(run, process, byUrl);
    return new CalendarIntake(
        process,
        SimulatedCalendarIntake.on(
            new StoreView(run, process),
            queues.queue(calendarChanges),
            () -> practice,
            process,
            process::waits));
  }

  private Consumer<SQSEvent.SQSMessage> mirror(Process process) {
    QueueView queues = new QueueView(run, process, byUrl);
    StoreView rows = new StoreView(run, process);
    MirrorMeetings function =
        new SimulatedMirror(
                rows,
                queues.queue(calendarChanges),
                queues,
                calendarChanges.url(),
                practice,
                () -> SimulatedPractice.SYSTEM,
                SignedTokens.of(TOKEN_SECRET, process),
                mapper,
                process,
                MIRROR_SECONDS,
                MIRROR_LEASE_SECONDS)
            .on(SimulatedCanvas.on(new CanvasView(run, process), process), rounds(process, rows));
    return function::mirrorMeetings;
  }

  /** The function with one of the tasks {@code polls} and {@code renewals}. */
  RunUpkeep watchTask(String name, Process process) {
    StoreView rows = new StoreView(run, process);
    WatchSystem watches = run.meetings().watches;
    SimulatedWatchTasks tasks =
        new SimulatedWatchTasks(
            rows,
            new CalendarWatches(rows, process),
            SimulatedWatches.on(
                rows,
                List.of(
                    new WatchView(run, process, Provider.OUTLOOK, watches),
                    new WatchView(run, process, Provider.GOOGLE, watches)),
                process),
            new QueueView(run, process, byUrl).queue(calendarChanges),
            practice,
            URI.create("https://visits.example.invalid"),
            process);
    Task task = name.equals("polls") ? tasks.polls() : tasks.renewals();
    return SimulatedUpkeep.on(task, process, UPKEEP_SECONDS);
  }

  private MeetingRounds rounds(Process process, StoreView rows) {
    MeetingCalendars calendars = run.meetings().calendars;
    return SimulatedRounds.on(
        rows,
        List.of(
            new MeetingSourceView(run, process, calendars.source(Provider.OUTLOOK)),
            new MeetingSourceView(run, process, calendars.source(Provider.GOOGLE))),
        process,
        MIRROR_LEASE_SECONDS);
  }

  private Intake intake() {
    Process process = process();
    QueueView queues = new QueueView(run, process, byUrl);
    return new Intake(
        process,
        SimulatedIntake.on(
            new StoreView(run, process), queues.queue(changes), SECRET, process, process::waits));
  }

  private Consumer<SQSEvent.SQSMessage> fanout(Process process) {
    QueueView queues = new QueueView(run, process, byUrl);
    StoreView rows = new StoreView(run, process);
    Canvas canvas = SimulatedCanvas.on(new CanvasView(run, process), process);
    SimulatedEffects effects = effects(process, rows);
    SyncCalendars function =
        new SimulatedFanout(
                rows,
                queues.queue(changes),
                queues.queue(messages),
                queues,
                changes.url(),
                practice,
                mapper,
                process,
                TIMEOUT_SECONDS,
                LEASE_SECONDS)
            .on(
                canvas,
                twice(canvas, rows, process),
                SimulatedReader.on(canvas, practice, process, SimulatedPractice.SYSTEM),
                effects.effects(),
                blocks(process, rows),
                queues.queue(calendarChanges));
    return function::handle;
  }

  private ChangedBlocks blocks(Process process, StoreView rows) {
    return new ChangedBlocks(
        rows,
        new PendingWork(rows, process),
        new CreationLimits(rows, process),
        practice,
        () -> SimulatedPractice.SYSTEM,
        SignedTokens.of(TOKEN_SECRET, process),
        process);
  }

  private static DuplicateBooking twice(Canvas canvas, StoreView rows, Process process) {
    return new DuplicateBooking(
        canvas, new BookingJournal(rows, process), () -> SimulatedPractice.SYSTEM);
  }

  RunUpkeep upkeep(Process process) {
    StoreView rows = new StoreView(run, process);
    Canvas canvas = SimulatedCanvas.on(new CanvasView(run, process), process);
    SimulatedEffects effects = effects(process, rows);
    QueueView queues = new QueueView(run, process, byUrl);
    SimulatedReconcile reconcile =
        new SimulatedReconcile(
            rows,
            queues.queue(changes),
            calendars(process),
            SignedTokens.of(TOKEN_SECRET, process),
            practice,
            process,
            process::waits);
    DuplicateBooking duplicates = twice(canvas, rows, process);
    VisitReader reader = SimulatedReader.on(canvas, practice, process, SimulatedPractice.SYSTEM);
    Task task =
        run.size.hasMeetings()
            ? reconcile.on(
                canvas,
                duplicates,
                reader,
                effects.effects(),
                effects.lists(),
                effects.untracked(),
                new SimulatedReconcile.Meetings(
                    rounds(process, rows),
                    queues.queue(calendarChanges),
                    () -> SimulatedPractice.SYSTEM))
            : reconcile.on(
                canvas,
                duplicates,
                reader,
                effects.effects(),
                effects.lists(),
                effects.untracked());
    return SimulatedUpkeep.on(task, process, UPKEEP_SECONDS);
  }

  private SimulatedEffects effects(Process process, StoreView rows) {
    return SimulatedEffects.on(
        rows, calendars(process), SignedTokens.of(TOKEN_SECRET, process), process, LEASE_SECONDS);
  }

  private Calendars calendars(Process process) {
    return SimulatedCalendars.of(
        List.of(
            new CalendarView(run, process, run.outlook),
            new CalendarView(run, process, run.google)));
  }

  private Consumer<SQSEvent.SQSMessage> confirmations(Process process) {
    SendMessage function =
        new SimulatedConfirmations(
                new StoreView(run, process),
                new MailView(run, process),
                new TextView(run, process),
                new QueueView(run, process, byUrl),
                SignedTokens.of(TOKEN_SECRET, process),
                process,
                new SameRandom(),
                settings)
            .on(SimulatedCanvas.on(new CanvasView(run, process), process));
    return function::handle;
  }

  /** The secrets of a run come from its seed, so a replay has the same ones. */
  private static final class SameRandom extends java.security.SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, (byte) 7);
    }
  }
}
