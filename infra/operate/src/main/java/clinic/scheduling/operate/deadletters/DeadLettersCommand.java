package clinic.scheduling.operate.deadletters;

import clinic.scheduling.operate.installation.Installation;
import clinic.scheduling.operate.installation.QueueName;
import clinic.scheduling.operate.installation.Where;
import clinic.scheduling.operate.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists dead letters with their ids and reasons, or sends them to their queue again. */
@Command(
    name = "dead-letters",
    description = "Looks at what failed 24 times, and tries it again.",
    synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {
  private static final String QUEUES =
      "appointment-changes, calendar-changes, patient-messages or message-events";

  @Spec @Nullable CommandSpec spec;

  @Command(
      description = "Shows each dead letter by its ids, and the last reason that the log gives.",
      footer = {
        "",
        "Nothing but ids is shown, whatever a message says. A look hides a dead letter for half",
        "a minute at most. Dead letters of upkeep are the inputs of runs that failed.",
        "",
        "Example:",
        "  operate dead-letters list --stack scheduling --queue patient-messages"
      })
  int list(
      @Mixin Where where,
      @Mixin Output output,
      @Option(
              names = "--queue",
              paramLabel = "NAME",
              description = QUEUES + ", or upkeep; all unless given. May be repeated.")
          @Nullable List<String> queues) {
    List<QueueName> names = queues(queues);
    Installation installation = where.open();
    List<DeadLetter> letters = new ArrayList<>();
    for (QueueName name : names) {
      letters.addAll(DeadLetterQueue.of(name, installation).list(output));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("dead", letters.size());
    ArrayNode list = answer.putArray("deadLetters");
    letters.forEach(letter -> list.add(letter.json()));
    output.print(
        answer,
        out -> {
          letters.forEach(letter -> out.println(letter.text()));
          out.println(letters.size() + " dead");
        });
    return 0;
  }

  @Command(
      description = "Sends dead letters to their queue again, and deletes them here.",
      footer = {
        "",
        "This is always safe: every consumer reads the current appointment, and records each",
        "effect under a name before it happens. Each message is sent before it is deleted. To",
        "repeat a run of upkeep, run it again: see operate reconcile.",
        "",
        "Example:",
        "  operate dead-letters replay --stack scheduling --queue appointment-changes"
      })
  int replay(
      @Mixin Where where,
      @Mixin Output output,
      @Option(
              names = "--queue",
              paramLabel = "NAME",
              description = QUEUES + "; all unless given. May be repeated.")
          @Nullable List<String> queues,
      @Option(
              names = "--id",
              paramLabel = "MESSAGE",
              description = "Only this message, as list names it. May be repeated.")
          @Nullable List<String> ids) {
    List<QueueName> names = queues(queues);
    if (queues != null && !names.stream().allMatch(QueueName::takesReplays)) {
      throw wrong("upkeep has no queue to send to; run its task again");
    }
    Installation installation = where.open();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("replayed");
    for (QueueName name : names.stream().filter(QueueName::takesReplays).toList()) {
      DeadLetterQueue.of(name, installation)
          .replay(ids == null ? List.of() : ids, output)
          .forEach(id -> list.addObject().put("queue", name.word()).put("id", id));
    }
    output.print(
        answer,
        out -> {
          list.forEach(
              one -> out.println(one.path("queue").asText() + " " + one.path("id").asText()));
          out.println(list.size() + " replayed");
        });
    return 0;
  }

  private List<QueueName> queues(@Nullable List<String> words) {
    return words == null
        ? List.of(QueueName.values())
        : words.stream().map(this::queue).distinct().toList();
  }

  private QueueName queue(String word) {
    return QueueName.find(word)
        .orElseThrow(
            () ->
                wrong(
                    "no such queue: "
                        + word
                        + "; there are "
                        + Stream.of(QueueName.values()).map(QueueName::word).toList()));
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("not part of a command");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
