package clinic.scheduling.simulation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The dead letters are the messages that make no sense, all of them and no other. */
final class DeadLetterJudge {
  private final Run run;

  DeadLetterJudge(Run run) {
    this.run = run;
  }

  void judge() {
    Set<String> missing = new TreeSet<>(run.poison);
    for (Letterbox box : boxes()) {
      for (Letterbox.Letter letter : box.dead) {
        String name = poisonOf(letter.body);
        missing.remove(name);
        if (!run.poison.contains(name)) {
          run.tally.wrong("a dead letter that is no poison: " + name);
        }
      }
      if (box.waiting() > 0) {
        run.tally.wrong(box.waiting() + " messages left in the queue " + box.name);
      }
    }
    if (!missing.isEmpty()) {
      run.tally.wrong("poison that is no dead letter: " + missing);
    }
  }

  private List<Letterbox> boxes() {
    return List.of(run.functions.changes, run.functions.messages, run.functions.events);
  }

  private String poisonOf(String body) {
    return run.poison.stream().filter(body::contains).findFirst().orElse(body);
  }
}
