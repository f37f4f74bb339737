package clinic.scheduling.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every message that really went out to a patient. */
final class Outbox {
  /**
   * One message.
   *
   * @param told the state that was read before it was written
   * @param truth the state when it went out
   * @param said its subject, or all of it if it has none
   */
  record Sent(
      String channel, Clinic.Version told, Clinic.Version truth, long at, String key, String said) {
    int sequence() {
      return Integer.parseInt(key.substring(key.indexOf('#') + 1));
    }
  }

  private final Map<Clinic.Visit, List<Sent>> byVisit = new HashMap<>();
  private final Run run;
  private int number;

  Outbox(Run run) {
    this.run = run;
  }

  /** The id under which the provider has it. */
  String add(Process process, String channel, String said) {
    Clinic.Version told = process.work.served;
    if (told == null) {
      run.tally.wrong(
          "a message went out of which nothing was read from Canvas: " + process.work.message);
      return "none";
    }
    process.work.hasTold = true;
    run.tally.count(channel.equals("email") ? Counted.EMAILS : Counted.TEXTS);
    byVisit
        .computeIfAbsent(told.visit(), it -> new ArrayList<>())
        .add(
            new Sent(
                channel, told, told.visit().now(), run.time.now(), process.work.message, said));
    return "ext-" + number++;
  }

  List<Sent> to(Clinic.Visit visit, String channel) {
    return byVisit.getOrDefault(visit, List.of()).stream()
        .filter(one -> one.channel().equals(channel))
        .toList();
  }
}
