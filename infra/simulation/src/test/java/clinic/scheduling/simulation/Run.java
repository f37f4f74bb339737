package clinic.scheduling.simulation;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MemoryTable;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.simulation.CalendarSystem.Box;
import clinic.scheduling.simulation.CalendarSystem.Event;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One run of the whole system from one seed, and the state that its parts share. */
final class Run {
  private static final Instant MORNING = Instant.parse("2027-03-01T15:00:00Z");

  final long start = MORNING.toEpochMilli();
  final Size size;
  final RandomValues random;
  final Timeline time = new Timeline(start);
  final FaultSchedule faults = new FaultSchedule(start, time);
  final RunResult result = new RunResult();
  final Canary canary = new Canary(result);
  final CounterWatch watch = new CounterWatch(this);
  final MemoryTable store = new MemoryTable();
  final Truth truth = new Truth();
  final CanvasSystem canvas = new CanvasSystem(this);
  final CalendarSystem outlook = new CalendarSystem(this, Provider.OUTLOOK);
  final CalendarSystem google = new CalendarSystem(this, Provider.GOOGLE);
  final Outbox outbox = new Outbox(this);
  final List<NoticeSender.Notice> notices = new ArrayList<>();
  final Set<String> poison = new LinkedHashSet<>();
  final NoticeSender sender;
  final Oracle oracle;
  final Functions functions;
  private final Staff staff = new Staff(this);
  private final ReconcileRuns upkeep = new ReconcileRuns(this);
  private @Nullable MeetingDay meetings;

  /** The size of a run. */
  record Size(int visits, int notices, int poison, int clinicians, int days, int meetings) {
    /** 10,000 notices over 2,000 visits. */
    static final Size FULL = new Size(2_000, 10_000, 20, SimulatedPractice.CLINICIANS, 50, 0);

    /** A tenth of it, for many seeds. */
    static final Size SMALL = new Size(200, 1_000, 4, SimulatedPractice.CLINICIANS, 50, 0);

    /** Two clinicians whose meetings block time: 90 changes in calendars, and 60 visits. */
    static final Size MEETINGS =
        new Size(60, 180, 2, SimulatedPractice.WITH_MEETINGS, SimulatedPractice.MEETING_DAYS, 90);

    boolean hasMeetings() {
      return meetings > 0;
    }
  }

  Run(long seed, Size size, Practice practice, ObjectMapper mapper) {
    this.size = size;
    store.limitThroughput();
    this.random = new RandomValues(seed);
    this.sender = new NoticeSender(this);
    this.oracle = new Oracle(this, practice);
    this.functions = new Functions(this, practice, mapper);
    if (size.hasMeetings()) {
      this.meetings = new MeetingDay(this, practice);
      canvas.refusesDoubleBooking = seed % 2 == 1;
    }
  }

  /** Does something with the way back, if the run has one. */
  void ifMeetings(Consumer<MeetingDay> what) {
    if (meetings != null) {
      what.accept(meetings);
    }
  }

  MeetingDay meetings() {
    return Objects.requireNonNull(meetings, "a run without meetings");
  }

  People people() {
    return meetings().people;
  }

  /**
   * Runs everything.
   *
   * @return the results
   */
  RunResult play() {
    SimulatedLogs.goTo(this);
    try {
      return played();
    } finally {
      ifMeetings(MeetingDay::close);
      SimulatedLogs.goTo(null);
    }
  }

  private RunResult played() {
    knowNobody();
    plan();
    upkeep();
    time.runUntil(start + FaultSchedule.CLEAR + 3 * FaultSchedule.HOUR);
    upkeep.untilEqual();
    time.runUntil(time.now() + FaultSchedule.HOUR);
    oracle.judge();
    ifMeetings(it -> new MeetingChecks(this, it.calendars).judge());
    return result;
  }

  /** Reconciliation has run before there was any visit. */
  private void knowNobody() {
    for (int i = 0; i < size.clinicians(); i++) {
      Row known =
          Row.fresh(
              new RowKey("known#" + SimulatedPractice.staffKey(i), "visits"),
              MORNING.plus(Duration.ofDays(400)),
              Map.of("until", MORNING.plus(Duration.ofDays(60)).toString()));
      store.write(List.of(known), MORNING);
    }
  }

  private void plan() {
    for (int i = 0; i < size.visits(); i++) {
      at((long) (FaultSchedule.DAY_ENDS * 0.6), staff::books);
    }
    time.at(start, staff::books);
    for (int i = size.visits() + 1; i < size.notices(); i++) {
      at(FaultSchedule.DAY_ENDS, this::change);
    }
    for (int i = 0; i < size.poison(); i++) {
      at(FaultSchedule.DAY_ENDS, i % 2 == 0 ? sender::tellNonsense : this::putNonsense);
    }
    for (int i = 0; i < size.visits() / 40; i++) {
      at(FaultSchedule.DAY_ENDS, this::byHand);
    }
    for (int i = 0; i < 12; i++) {
      at(FaultSchedule.DAY_ENDS, canvas::revokeTokens);
    }
    ifMeetings(MeetingDay::plan);
    for (int i = 0; i < size.meetings() / 8; i++) {
      at(FaultSchedule.DAY_ENDS, staff::changesBlock);
    }
  }

  private void upkeep() {
    for (int hour = 1; hour <= FaultSchedule.CLEAR / FaultSchedule.HOUR + 1; hour++) {
      upkeep.allAt(start + hour * FaultSchedule.HOUR + 7 * FaultSchedule.MINUTE);
    }
    time.longAt(start + 5 * FaultSchedule.HOUR / 2, upkeep::whileCanvasHasForgotten);
  }

  private void change() {
    if (hasNoticesLeft()) {
      staff.changes();
    }
  }

  boolean hasNoticesLeft() {
    return size.hasMeetings() || result.of(Counter.NOTICES) < size.notices();
  }

  private void at(long within, Runnable what) {
    time.at(start + (Math.abs(random.number()) % within), what);
  }

  private void putNonsense() {
    String name = "nonsense-" + (char) ('a' + poison.size());
    poison.add(name);
    result.count(Counter.POISON);
    (poison.size() % 4 == 0 ? functions.messages : functions.changes)
        .put("{\"v\":7,\"what\":\"" + name + "\"}", 0);
  }

  /** A clinician changes, deletes or copies one of our entries. */
  private void byHand() {
    CalendarSystem system = random.percent(50) ? outlook : google;
    List<Box> boxes = List.copyOf(system.boxes().values());
    if (boxes.isEmpty()) {
      return; // nothing was written there yet
    }
    Box box = random.oneOf(boxes);
    List<Event> standing = box.events.values().stream().filter(it -> !it.deleted).toList();
    if (standing.isEmpty()) {
      return;
    }
    Event event = random.oneOf(standing);
    int what = random.between(0, 2);
    if (what == 0) {
      result.count(Counter.HAND_DELETED);
      system.delete(box, event);
    } else if (what == 1) {
      result.count(Counter.HAND_EDITED);
      system.change(
          box,
          event,
          new CalendarEntry(
              Phi.of("Lunch"),
              event.entry.details(),
              event.entry.place(),
              event.entry.home(),
              event.entry.time(),
              event.entry.zone(),
              event.entry.isPrivate()));
    } else {
      result.count(Counter.HAND_COPIED);
      system.add(box, event.stamp, event.entry, time.now());
    }
  }

  void logged(Logger.Level level, String line, @Nullable Throwable thrown) {
    result.count(Counter.LOG_LINES);
    canary.scan("the log", line);
    if (thrown != null) {
      canary.scan("the log", String.valueOf(thrown.getMessage()));
    }
    ifMeetings(it -> it.logged(line));
    char first = line.charAt(0);
    if (first == 's' && line.startsWith("synced") && line.endsWith("LEFT_TO_ANOTHER")) {
      result.count(Counter.LEFT_TO_ANOTHER);
    } else if (first == 'e' && line.startsWith("entry-put-right")) {
      result.count(Counter.ENTRY_PUT_RIGHT);
    } else if (first == 'm' && line.startsWith("message-not-due why=superseded")) {
      result.count(Counter.SUPERSEDED_NOT_TOLD);
    } else if (first == 'd' && line.startsWith("doubt-settled")) {
      result.count(Counter.MESSAGE_DOUBT_SETTLED);
    } else if (first == 'l' && line.startsWith("later system=calendar")) {
      result.count(Counter.MAILBOX_LEFT_ALONE);
    } else if (first == 'm' && line.startsWith("mirrored fate=LEFT_TO_ANOTHER")) {
      result.count(Counter.CLINICIAN_LEFT_TO_ANOTHER);
    } else if (first == 'b' && line.startsWith("block-changed binding=")) {
      result.count(Counter.BLOCK_REOPENED);
    } else if (first == 'm' && line.startsWith("meetings-cursor-expired")) {
      result.count(Counter.CURSOR_EXPIRED);
    } else if (first == 'm' && line.startsWith("meeting-conflict-ended")) {
      result.count(Counter.CONFLICT_ENDED);
    } else if (first == 'm' && line.startsWith("meeting-conflict ")) {
      result.count(Counter.CONFLICT_REPORTED);
    } else if (level == Logger.Level.ERROR && line.contains("FenceLost")) {
      result.count(Counter.FENCE_LOST);
    }
  }
}
