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

/** Makes all links and tokens of one visit useless. */
@Command(
    name = "revoke-links",
    description = "Makes all links and tokens of one visit useless that exist now.",
    footer = {
      "",
      "Links that are sent later work. This cannot be undone.",
      "",
      "Example:",
      "  operate revoke-links --stack scheduling 4c538693-060a-486c-a40e-8da963414f75"
    })
public final class RevokeLinksCommand implements Callable<Integer> {
  @Mixin Where where = new Where();
  @Mixin Output output = new Output();

  @Parameters(
      paramLabel = "APPOINTMENT",
      description = "The Canvas id of any appointment of the visit.")
  String visit = "";

  @Option(names = "--dry-run", description = "Only looks up how often they have been revoked.")
  boolean dryRun;

  @Override
  public Integer call() {
    JsonNode answer =
        RunTask.run(
            where.open(),
            JsonNodeFactory.instance
                .objectNode()
                .put("task", "revoke-links")
                .put("visit", visit)
                .put("dryRun", dryRun),
            output);
    output.print(
        answer,
        out ->
            out.println(
                "visit "
                    + answer.path("visit").asText()
                    + ": revoked "
                    + answer.path("revoked").asText()
                    + " times"
                    + (dryRun ? " so far" : "")));
    return 0;
  }
}
