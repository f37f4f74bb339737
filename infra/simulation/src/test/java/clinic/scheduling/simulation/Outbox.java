package clinic.scheduling.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All messages that were really sent to patients. */
final class Outbox {
  /**
   * One message.
   *
   * @param told the state of the visit that was read before the message was written
   * @param truth the state of the visit when the message was sent
   * @param said its subject, or its text if it has no subject
   */
  record Sent(
      String channel, Truth.Version told, Truth.Version truth, long at, String key, String said) {
    int sequence() {
      return Integer.parseInt(key.substring(key.indexOf('#') + 1));
    }
  }

  private final Map<Truth.Visit, List<Sent>> byVisit = new HashMap<>();
  private final Run run;
  private int number;

  Outbox(Run run) {
    this.run = run;
  }

  /** The provider's message id. */
  String add(Process process, String channel, String said) {
    Truth.Version told = process.work.served;
    if (told == null) {
      run.result.wrong(
          "a message went out of which nothing was read from Canvas: " + process.work.message);
      return "none";
    }
    process.work.hasTold = true;
    run.result.count(channel.equals("email") ? Counter.EMAILS : Counter.TEXTS);
    byVisit
        .computeIfAbsent(told.visit(), it -> new ArrayList<>())
        .add(
            new Sent(
                channel, told, told.visit().now(), run.time.now(), process.work.message, said));
    return "ext-" + number++;
  }

  List<Sent> to(Truth.Visit visit, String channel) {
    return byVisit.getOrDefault(visit, List.of()).stream()
        .filter(one -> one.channel().equals(channel))
        .toList();
  }
}
