package clinic.scheduling.core;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The log of one function: a fixed word for what happened and named ids. Texts of exceptions are
 * left out, since they may quote what a patient typed; class names and the place are enough to find
 * the line.
 *
 * <p>{@code correlation} follows one booking through all functions: it is our own identifier of the
 * booking where one exists, otherwise the Canvas id of the appointment.
 */
public final class Log {
  private static final int FRAMES = 6;
  private static final String OURS = "clinic.scheduling";

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  public static Log of(Class<?> function) {
    return new Log(Logger.getLogger(function));
  }

  /** Starts a unit of work: forgets the ids of the one before. */
  public void begin(String name, String id) {
    MDC.clear();
    MDC.put(name, id);
  }

  /** Every later line of this unit of work carries this id. */
  public void put(String name, String id) {
    MDC.put(name, id);
  }

  public void end() {
    MDC.clear();
  }

  /** The same work, done by another thread under the ids of the unit of work that it is for. */
  public static <T> Supplier<T> sameUnit(Supplier<T> work) {
    Map<String, Object> ids = Map.copyOf(MDC.getMap());
    return () -> {
      become(ids);
      try {
        return work.get();
      } finally {
        MDC.clear();
      }
    };
  }

  /** What follows on an answer, by whichever thread, under the ids of the unit of work of now. */
  public static <A, T> Function<A, T> sameUnitThen(Function<A, T> work) {
    Map<String, Object> ids = Map.copyOf(MDC.getMap());
    return answer -> {
      Map<String, Object> before = Map.copyOf(MDC.getMap());
      become(ids);
      try {
        return work.apply(answer);
      } finally {
        become(before);
      }
    };
  }

  private static void become(Map<String, Object> ids) {
    MDC.clear();
    ids.forEach(MDC::put);
  }

  /**
   * @param event a fixed word
   * @param pairs names and ids or numbers in turn
   */
  public void info(String event, Object... pairs) {
    logger.info(line(event, pairs));
  }

  public void warn(String event, Object... pairs) {
    logger.warn(line(event, pairs));
  }

  /** An alarm listens to these. */
  public void error(String event, Object... pairs) {
    logger.error(line(event, pairs));
  }

  /** The broad catch of a function: what kind of failure, and where in our code. */
  public void failure(String event, Throwable failure) {
    StringBuilder where = new StringBuilder(event);
    @Nullable Throwable current = failure;
    for (int depth = 0; current != null && depth < FRAMES; depth++) {
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
