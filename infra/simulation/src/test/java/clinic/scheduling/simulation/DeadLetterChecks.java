package clinic.scheduling.simulation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the dead letters are exactly the malformed messages. */
final class DeadLetterChecks {
  private final Run run;

  DeadLetterChecks(Run run) {
    this.run = run;
  }

  void judge() {
    Set<String> missing = new TreeSet<>(run.poison);
    for (SimulatedQueue box : boxes()) {
      for (SimulatedQueue.Letter letter : box.dead) {
        String name = poisonOf(letter.body);
        missing.remove(name);
        if (!run.poison.contains(name)) {
          run.result.wrong("a dead letter that is no poison: " + name);
        }
      }
      if (box.waiting() > 0) {
        run.result.wrong(box.waiting() + " messages left in the queue " + box.name);
      }
    }
    if (!missing.isEmpty()) {
      run.result.wrong("poison that is no dead letter: " + missing);
    }
  }

  private List<SimulatedQueue> boxes() {
    return List.of(
        run.functions.changes,
        run.functions.messages,
        run.functions.events,
        run.functions.calendarChanges);
  }

  private String poisonOf(String body) {
    return run.poison.stream().filter(body::contains).findFirst().orElse(body);
  }
}
