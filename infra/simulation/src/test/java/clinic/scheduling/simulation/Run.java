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
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One run of the whole system, from one seed; all that its parts share. */
final class Run {
  private static final Instant MORNING = Instant.parse("2027-03-01T15:00:00Z");

  final long start = MORNING.toEpochMilli();
  final Size size;
  final Chance chance;
  final Timeline time = new Timeline(start);
  final Weather weather = new Weather(start, time);
  final Tally tally = new Tally();
  final Canary canary = new Canary(tally);
  final Watch watch = new Watch(this);
  final MemoryTable store = new MemoryTable();
  final Clinic clinic = new Clinic();
  final CanvasSystem canvas = new CanvasSystem(this);
  final CalendarSystem outlook = new CalendarSystem(Provider.OUTLOOK);
  final CalendarSystem google = new CalendarSystem(Provider.GOOGLE);
  final Outbox outbox = new Outbox(this);
  final List<Sender.Notice> notices = new ArrayList<>();
  final Set<String> poison = new LinkedHashSet<>();
  final Sender sender;
  final Oracle oracle;
  final Functions functions;
  private final Staff staff = new Staff(this);
  private final Upkeep upkeep = new Upkeep(this);

  /** How much happens. */
  record Size(int visits, int notices, int poison) {
    /** 10,000 notices over 2,000 visits. */
    static final Size FULL = new Size(2_000, 10_000, 20);

    /** A tenth, for many seeds. */
    static final Size SMALL = new Size(200, 1_000, 4);
  }

  Run(long seed, Size size, Practice practice, ObjectMapper mapper) {
    this.size = size;
    store.limitThroughput();
    this.chance = new Chance(seed);
    this.sender = new Sender(this);
    this.oracle = new Oracle(this, practice);
    this.functions = new Functions(this, practice, mapper);
  }

  /** Everything; the tally says what came of it. */
  Tally play() {
    SimulatedLogs.goTo(this);
    try {
      return played();
    } finally {
      SimulatedLogs.goTo(null);
    }
  }

  private Tally played() {
    knowNobody();
    plan();
    upkeep();
    time.runUntil(start + Weather.CLEAR + 3 * Weather.HOUR);
    upkeep.untilEqual();
    time.runUntil(time.now() + Weather.HOUR);
    oracle.judge();
    return tally;
  }

  /** Reconciliation has run before, when there was no visit yet. */
  private void knowNobody() {
    for (int i = 0; i < World.CLINICIANS; i++) {
      Row known =
          Row.fresh(
              new RowKey("known#" + World.staffKey(i), "visits"),
              MORNING.plus(Duration.ofDays(400)),
              Map.of("until", MORNING.plus(Duration.ofDays(60)).toString()));
      store.write(List.of(known), MORNING);
    }
  }

  private void plan() {
    for (int i = 0; i < size.visits(); i++) {
      at((long) (Weather.DAY_ENDS * 0.6), staff::books);
    }
    time.at(start, staff::books);
    for (int i = size.visits() + 1; i < size.notices(); i++) {
      at(Weather.DAY_ENDS, this::change);
    }
    for (int i = 0; i < size.poison(); i++) {
      at(Weather.DAY_ENDS, i % 2 == 0 ? sender::tellNonsense : this::putNonsense);
    }
    for (int i = 0; i < size.visits() / 40; i++) {
      at(Weather.DAY_ENDS, this::byHand);
    }
    for (int i = 0; i < 12; i++) {
      at(Weather.DAY_ENDS, canvas::revokeTokens);
    }
  }

  private void upkeep() {
    for (int hour = 1; hour <= Weather.CLEAR / Weather.HOUR + 1; hour++) {
      upkeep.allAt(start + hour * Weather.HOUR + 7 * Weather.MINUTE);
    }
    time.longAt(start + 5 * Weather.HOUR / 2, upkeep::whileCanvasHasForgotten);
  }

  private void change() {
    if (hasNoticesLeft()) {
      staff.changes();
    }
  }

  boolean hasNoticesLeft() {
    return tally.of(Counted.NOTICES) < size.notices();
  }

  private void at(long within, Runnable what) {
    time.at(start + (Math.abs(chance.number()) % within), what);
  }

  private void putNonsense() {
    String name = "nonsense-" + (char) ('a' + poison.size());
    poison.add(name);
    tally.count(Counted.POISON);
    (poison.size() % 4 == 0 ? functions.messages : functions.changes)
        .put("{\"v\":7,\"what\":\"" + name + "\"}", 0);
  }

  /** Somebody changes, deletes or copies an entry of ours in their calendar. */
  private void byHand() {
    CalendarSystem system = chance.percent(50) ? outlook : google;
    List<Box> boxes = List.copyOf(system.boxes().values());
    if (boxes.isEmpty()) {
      return; // nothing was written there yet
    }
    Box box = chance.oneOf(boxes);
    List<Event> standing = box.events.values().stream().filter(it -> !it.deleted).toList();
    if (standing.isEmpty()) {
      return;
    }
    Event event = chance.oneOf(standing);
    int what = chance.between(0, 2);
    if (what == 0) {
      tally.count(Counted.HAND_DELETED);
      system.delete(box, event);
    } else if (what == 1) {
      tally.count(Counted.HAND_EDITED);
      event.entry =
          new CalendarEntry(
              Phi.of("Lunch"),
              event.entry.details(),
              event.entry.place(),
              event.entry.home(),
              event.entry.time(),
              event.entry.zone(),
              event.entry.personal());
    } else {
      tally.count(Counted.HAND_COPIED);
      system.add(box, event.stamp, event.entry, time.now());
    }
  }

  void logged(Logger.Level level, String line, @Nullable Throwable thrown) {
    tally.count(Counted.LOG_LINES);
    canary.scan("the log", line);
    if (thrown != null) {
      canary.scan("the log", String.valueOf(thrown.getMessage()));
    }
    char first = line.charAt(0);
    if (first == 's' && line.startsWith("synced") && line.endsWith("LEFT_TO_ANOTHER")) {
      tally.count(Counted.LEFT_TO_ANOTHER);
    } else if (first == 'e' && line.startsWith("entry-put-right")) {
      tally.count(Counted.ENTRY_PUT_RIGHT);
    } else if (first == 'm' && line.startsWith("message-not-due why=superseded")) {
      tally.count(Counted.SUPERSEDED_NOT_TOLD);
    } else if (first == 'd' && line.startsWith("doubt-settled")) {
      tally.count(Counted.MESSAGE_DOUBT_SETTLED);
    } else if (first == 'l' && line.startsWith("later system=calendar")) {
      tally.count(Counted.MAILBOX_LEFT_ALONE);
    } else if (level == Logger.Level.ERROR && line.contains("FenceLost")) {
      tally.count(Counted.FENCE_LOST);
    }
  }
}
