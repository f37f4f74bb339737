package clinic.scheduling.deadletters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param localPort the port of the sandboxes of the local run; empty for AWS
 * @param ids of the messages; empty for all
 */
record Command(
    boolean replays,
    Optional<Integer> localPort,
    Optional<String> stack,
    String prefix,
    Optional<String> region,
    List<String> queues,
    List<String> ids) {
  private static final List<String> QUEUES =
      List.of("appointment-changes", "calendar-changes", "patient-messages", "message-events");

  /**
   * @throws IllegalArgumentException with a message that says which argument is wrong
   */
  static Command of(List<String> words) {
    Deque<String> left = new ArrayDeque<>(words);
    String verb = left.pop();
    if (!verb.equals("list") && !verb.equals("replay")) {
      throw new IllegalArgumentException("neither list nor replay: " + verb);
    }
    Optional<Integer> localPort = Optional.empty();
    Optional<String> stack = Optional.empty();
    Optional<String> prefix = Optional.empty();
    Optional<String> region = Optional.empty();
    List<String> queues = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--local" -> localPort = Optional.of(port(left));
        case "--stack" -> stack = Optional.of(value(option, left));
        case "--prefix" -> prefix = Optional.of(value(option, left));
        case "--region" -> region = Optional.of(value(option, left));
        case "--queue" -> queues.add(queue(value(option, left)));
        case "--id" -> ids.add(value(option, left));
        default -> throw new IllegalArgumentException("unknown option: " + option);
      }
    }
    if (!ids.isEmpty() && verb.equals("list")) {
      throw new IllegalArgumentException("--id is for replay");
    }
    return new Command(
        verb.equals("replay"),
        localPort,
        stack,
        prefix.orElse(byStack(stack)),
        region,
        queues.isEmpty() ? QUEUES : queues,
        ids);
  }

  /** The template names queues by the stack, unless its parameter {@code QueuePrefix} is given. */
  private static String byStack(Optional<String> stack) {
    return stack.map(name -> name + "-").orElse("");
  }

  private static int port(Deque<String> left) {
    return !left.isEmpty() && left.peek().matches("[0-9]{1,5}")
        ? Integer.parseInt(left.pop())
        : 8090;
  }

  private static String queue(String name) {
    if (!QUEUES.contains(name)) {
      throw new IllegalArgumentException("no such queue: " + name + "; there are " + QUEUES);
    }
    return name;
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty() || left.peek().startsWith("--")) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.pop();
  }
}
