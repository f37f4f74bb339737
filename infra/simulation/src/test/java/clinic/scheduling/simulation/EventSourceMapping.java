package clinic.scheduling.simulation;

import clinic.scheduling.simulation.SimulatedQueue.Letter;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event source mapping with a limit of concurrent invocations and one message each. */
final class EventSourceMapping {
  private static final long USUAL_TIMEOUT = 15_000;
  private static final double RECYCLED_PERCENT = 0.5;

  private static final String KEY = "\"messageKey\":\"";

  private final Run run;
  private final SimulatedQueue box;
  private final CrashPlan crashes;
  private final long timeout;
  private final Function<Process, Consumer<SQSEvent.SQSMessage>> function;
  private final BiConsumer<Process, Boolean> after;
  private final Deque<Seat> free = new ArrayDeque<>();

  /** A slot for one process at a time. */
  private static final class Seat {
    @Nullable Process process;
    @Nullable Consumer<SQSEvent.SQSMessage> function;
  }

  /**
   * @param where the kinds of effects at which its processes may die
   * @param function creates the function of a process
   * @param after runs at the end of each invocation, with whether it succeeded
   */
  EventSourceMapping(
      Run run,
      SimulatedQueue box,
      int seats,
      List<EffectKind> where,
      Function<Process, Consumer<SQSEvent.SQSMessage>> function,
      BiConsumer<Process, Boolean> after) {
    this(run, box, seats, new CrashPlan(run, where), USUAL_TIMEOUT, function, after);
  }

  /**
   * @param crashes when its processes die
   * @param timeout the longest that an invocation may take, in milliseconds
   */
  EventSourceMapping(
      Run run,
      SimulatedQueue box,
      int seats,
      CrashPlan crashes,
      long timeout,
      Function<Process, Consumer<SQSEvent.SQSMessage>> function,
      BiConsumer<Process, Boolean> after) {
    this.run = run;
    this.box = box;
    this.crashes = crashes;
    this.timeout = timeout;
    this.function = function;
    this.after = after;
    for (int i = 0; i < seats; i++) {
      free.add(new Seat());
    }
    box.onReady(this::poll);
  }

  private void poll() {
    while (!free.isEmpty() && box.hasReady()) {
      Letter letter = box.take();
      if (box.isExhausted(letter)) {
        box.bury(letter);
      } else {
        invoke(free.poll(), letter);
      }
    }
  }

  private void invoke(Seat seat, Letter letter) {
    long begun = run.time.now();
    Process process = process(seat);
    process.begin(timeout, crashes.draw());
    process.work.message = messageKey(letter.body);
    boolean done = false;
    try {
      Consumer<SQSEvent.SQSMessage> handler = seat.function;
      if (handler != null) {
        handler.accept(box.message(letter));
      }
      process.end();
      crashes.lived(process.effects());
      done = true;
    } catch (ProcessKilled e) {
      done = false;
    } catch (RuntimeException e) {
      done = false;
    }
    after.accept(process, done);
    box.settle(letter, done);
    run.time.at(
        Math.max(run.time.now(), begun + 1),
        () -> {
          free.add(seat);
          poll();
        });
  }

  private static String messageKey(String body) {
    int at = body.indexOf(KEY);
    return at < 0 ? "" : body.substring(at + KEY.length(), body.indexOf('"', at + KEY.length()));
  }

  private Process process(Seat seat) {
    Process known = seat.process;
    if (known == null || known.isDead() || run.random.percent(RECYCLED_PERCENT)) {
      known = run.functions.process();
      seat.process = known;
      seat.function = function.apply(known);
    }
    return known;
  }
}
