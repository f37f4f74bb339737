package clinic.scheduling.simulation;

import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.LoggerProvider;
import org.jspecify.annotations.Nullable;

/**
 * Passes the log lines of the real code to the run of this thread, which searches them for patient
 * data and counts some. Nothing is written to disk.
 */
public final class SimulatedLogs implements LoggerProvider {
  private static final ThreadLocal<Run> RUN = new ThreadLocal<>();
  private static final ThreadLocal<Map<String, Object>> IDS = ThreadLocal.withInitial(HashMap::new);

  static void goTo(@Nullable Run run) {
    RUN.set(run);
  }

  @Override
  public Logger getLogger(String name) {
    return new Line(name);
  }

  private static final class Line extends Logger {
    private static final long serialVersionUID = 1L;

    Line(String name) {
      super(name);
    }

    @Override
    protected void doLog(
        Level level,
        @Nullable String loggerClass,
        @Nullable Object message,
        Object @Nullable [] parameters,
        @Nullable Throwable thrown) {
      Run run = RUN.get();
      if (run != null && message != null) {
        run.logged(level, message.toString(), thrown);
      }
    }

    @Override
    protected void doLogf(
        Level level,
        @Nullable String loggerClass,
        @Nullable String format,
        Object @Nullable [] parameters,
        @Nullable Throwable thrown) {
      doLog(level, loggerClass, format, parameters, thrown);
    }

    @Override
    public boolean isEnabled(Level level) {
      return level.compareTo(Level.INFO) <= 0 && RUN.get() != null;
    }
  }

  @Override
  public void clearMdc() {
    IDS.get().clear();
  }

  @Override
  public @Nullable Object putMdc(String key, Object value) {
    Run run = RUN.get();
    if (run != null) {
      run.canary.scan("an id of a log line", String.valueOf(value));
    }
    return IDS.get().put(key, value);
  }

  @Override
  public @Nullable Object getMdc(String key) {
    return IDS.get().get(key);
  }

  @Override
  public void removeMdc(String key) {
    IDS.get().remove(key);
  }

  @Override
  public Map<String, Object> getMdcMap() {
    return IDS.get();
  }

  @Override
  public void clearNdc() {}

  @Override
  public String getNdc() {
    return "";
  }

  @Override
  public int getNdcDepth() {
    return 0;
  }

  @Override
  public String popNdc() {
    return "";
  }

  @Override
  public String peekNdc() {
    return "";
  }

  @Override
  public void pushNdc(String message) {}

  @Override
  public void setNdcMaxDepth(int maxDepth) {}
}
