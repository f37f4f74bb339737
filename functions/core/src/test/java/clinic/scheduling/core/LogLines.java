package clinic.scheduling.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;

/** Collects all log lines, with their ids and exceptions, from its creation until it is closed. */
public final class LogLines extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  public LogLines() {
    Logger.getLogger("").addHandler(this);
  }

  public String text() {
    return String.join("\n", lines);
  }

  /** Only the lines that are errors; an alarm counts these. */
  public String errors() {
    return String.join("\n", errors);
  }

  @Override
  public void publish(LogRecord record) {
    ExtLogRecord full = ExtLogRecord.wrap(record);
    String line = full.getFormattedMessage() + " " + full.getMdcCopy() + " " + causes(record);
    lines.add(line);
    if (record.getLevel().intValue() >= Level.ERROR.intValue()) {
      errors.add(line);
    }
  }

  private static String causes(LogRecord record) {
    StringBuilder causes = new StringBuilder();
    for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
      causes.append(t).append(' ');
    }
    return causes.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
