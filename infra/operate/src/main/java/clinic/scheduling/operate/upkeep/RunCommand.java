package clinic.scheduling.operate.upkeep;

import clinic.scheduling.operate.installation.Where;
import clinic.scheduling.operate.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs another scheduled task now. */
@Command(
    name = "run",
    description = "Runs a scheduled task now, in place of waiting for its schedule.",
    footer = {
      "",
      "The command waits for the end of the task and starts it once, whatever happens to the",
      "connection. A repeat does no harm: each task only does what is due. To reconcile, see",
      "operate reconcile.",
      "",
      "Example:",
      "  operate run renewals --stack scheduling --dry-run"
    })
public final class RunCommand implements Callable<Integer> {

  /** The tasks, by their names in the input of RunUpkeep. */
  enum Task {
    renewals,
    polls,
    reminders
  }

  @Mixin Where where = new Where();
  @Mixin Output output = new Output();

  @Parameters(
      paramLabel = "TASK",
      description =
          "renewals (subscriptions of Outlook and Google), polls (calendars that nobody has read"
              + " for a while) or reminders.")
  Task task = Task.renewals;

  @Option(names = "--dry-run", description = "Only says what it would do.")
  boolean dryRun;

  @Override
  public Integer call() {
    JsonNode answer =
        RunTask.run(
            where.open(),
            JsonNodeFactory.instance.objectNode().put("task", task.name()).put("dryRun", dryRun),
            output);
    output.print(answer, out -> out.println(answer.toPrettyString()));
    return 0;
  }
}
