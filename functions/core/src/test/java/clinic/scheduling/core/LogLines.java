package clinic.scheduling.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Everything that is logged while it is open, with ids and exceptions. */
public final class LogLines extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogLines() {
    Logger.getLogger("").addHandler(this);
  }

  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord record) {
    ExtLogRecord full = ExtLogRecord.wrap(record);
    lines.add(full.getFormattedMessage() + " " + full.getMdcCopy() + " " + causes(record));
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
