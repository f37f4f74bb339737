package clinic.scheduling.core;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The log of one class. A line is a fixed word for what happened, followed by named ids or numbers.
 * The message of an exception is never logged, because it may quote what a patient typed. Its class
 * name and the place in our code are logged instead (docs/facts/aws.md 6).
 *
 * <p>The id named {@code correlation} is the same for one booking in all functions. It is our own
 * identifier of the booking if there is one, otherwise the Canvas id of the appointment.
 */
public final class Log {
  private static final int MAX_CAUSES = 6;
  private static final String OURS = "clinic.scheduling";

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  public static Log of(Class<?> source) {
    return new Log(Logger.getLogger(source));
  }

  /** Begins a unit of work and drops the ids of the previous one. */
  public void begin(String name, String id) {
    MDC.clear();
    MDC.put(name, id);
  }

  /** Adds an id to every later line of this unit of work. */
  public void put(String name, String id) {
    MDC.put(name, id);
  }

  public void end() {
    MDC.clear();
  }

  /** Wraps work for another thread, so that its lines carry the ids of this unit of work. */
  public static <T> Supplier<T> sameUnit(Supplier<T> work) {
    Map<String, Object> ids = Map.copyOf(MDC.getMap());
    return () -> {
      setContext(ids);
      try {
        return work.get();
      } finally {
        MDC.clear();
      }
    };
  }

  /**
   * Wraps a continuation, so that its lines carry the ids of this unit of work on whichever thread
   * it runs.
   */
  public static <A, T> Function<A, T> sameUnitThen(Function<A, T> work) {
    Map<String, Object> ids = Map.copyOf(MDC.getMap());
    return answer -> {
      Map<String, Object> before = Map.copyOf(MDC.getMap());
      setContext(ids);
      try {
        return work.apply(answer);
      } finally {
        setContext(before);
      }
    };
  }

  private static void setContext(Map<String, Object> ids) {
    MDC.clear();
    ids.forEach(MDC::put);
  }

  /**
   * @param event a fixed word for what happened
   * @param pairs a name, its id or number, the next name, and so on
   */
  public void info(String event, Object... pairs) {
    logger.info(line(event, pairs));
  }

  public void warn(String event, Object... pairs) {
    logger.warn(line(event, pairs));
  }

  /** Logs an error. An alarm watches for these lines. */
  public void error(String event, Object... pairs) {
    logger.error(line(event, pairs));
  }

  /**
   * Logs a failure and its causes. For each of them, the line has the class name and the place in
   * our code.
   */
  public void failure(String event, Throwable failure) {
    StringBuilder where = new StringBuilder(event);
    @Nullable Throwable current = failure;
    for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
      where.append(' ').append(current.getClass().getName()).append(place(current));
      current = current.getCause();
    }
    logger.error(where.toString());
  }

  private static String place(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        return "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
      }
    }
    return "";
  }

  private static String line(String event, Object... pairs) {
    StringBuilder line = new StringBuilder(event);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      line.append(' ').append(pairs[i]).append('=').append(pairs[i + 1]);
    }
    return line.toString();
  }
}
