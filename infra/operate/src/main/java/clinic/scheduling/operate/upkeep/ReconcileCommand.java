package clinic.scheduling.operate.upkeep;

import clinic.scheduling.operate.installation.Where;
import clinic.scheduling.operate.output.FailureMessages;
import clinic.scheduling.operate.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares Canvas, the ledger and the calendars now, and repairs what differs. */
@Command(
    name = "reconcile",
    description = "Compares Canvas, the ledger and the calendars now, and repairs what differs.",
    footer = {
      "",
      "A run may take minutes. The command waits for its end and starts it once, whatever",
      "happens to the connection. To run it again does no harm: it only makes calendars agree",
      "with Canvas. Exit code 1 means that a guard holds a clinician, or that Canvas or a",
      "calendar could not be read.",
      "",
      "Example:",
      "  operate reconcile --stack scheduling --practitioner ingrid-testwell --dry-run"
    })
public final class ReconcileCommand implements Callable<Integer> {
  private static final Set<String> WRONG = Set.of("held", "unknown");

  @Mixin Where where = new Where();
  @Mixin Output output = new Output();
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--practitioner",
      paramLabel = "ID",
      description = "Only this clinician, by the id in the practice document; also a former one.")
  Optional<String> practitioner = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day, such as 2027-03-01; the usual days unless given.")
  Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "DATE", description = "The last day, inclusive.")
  Optional<LocalDate> to = Optional.empty();

  @Option(names = "--dry-run", description = "Lists what differs, and changes nothing.")
  boolean dryRun;

  @Option(
      names = "--force",
      description = "Goes on where a guard has held entries or messages. Look at a dry run first.")
  boolean force;

  @Option(names = "--force-meetings", description = "The same for blocks of meetings in Canvas.")
  boolean forceMeetings;

  @Override
  public Integer call() {
    if ((force || forceMeetings) && practitioner.isEmpty()) {
      throw wrong("--force and --force-meetings need a --practitioner");
    }
    if (dryRun && (force || forceMeetings)) {
      throw wrong("a dry run changes nothing, so it forces nothing");
    }
    if (to.filter(last -> from.filter(last::isBefore).isPresent()).isPresent()) {
      throw wrong("--to must not be before --from");
    }
    JsonNode answer = RunTask.run(where.open(), input(), output);
    List<JsonNode> certificates = new ArrayList<>();
    answer.path("certificates").forEach(certificates::add);
    answer.path("furtherDays").forEach(certificates::add);
    output.print(answer, out -> print(answer, certificates, out));
    boolean fine =
        certificates.stream().noneMatch(one -> WRONG.contains(one.path("outcome").asText()));
    return fine ? 0 : FailureMessages.WRONG;
  }

  private ObjectNode input() {
    ObjectNode input = JsonNodeFactory.instance.objectNode().put("task", "reconcile");
    practitioner.ifPresent(id -> input.put("practitioner", id));
    from.ifPresent(day -> input.put("from", day.toString()));
    to.ifPresent(day -> input.put("to", day.toString()));
    return input.put("dryRun", dryRun).put("force", force).put("forceMeetings", forceMeetings);
  }

  private static void print(JsonNode answer, List<JsonNode> certificates, PrintWriter out) {
    for (JsonNode one : certificates) {
      out.printf(
          "%s %s%s visits=%s wanted=%s standing=%s%s%n",
          one.path("practitioner").asText(),
          one.path("outcome").asText(),
          one.has("reason") ? " (" + one.path("reason").asText() + ")" : "",
          one.path("visits").asText(),
          one.path("wanted").asText(),
          one.path("standing").asText(),
          one.has("from") ? " from=" + one.path("from").asText() : "");
      for (JsonNode finding : one.path("findings")) {
        out.println(
            "  "
                + finding.path("finding").asText()
                + " visit="
                + finding.path("visit").asText()
                + " calendar="
                + finding.path("calendar").asText()
                + " repair="
                + finding.path("repair").asText());
      }
      for (JsonNode finding : one.at("/meetings/findings")) {
        out.println(
            "  block "
                + finding.path("finding").asText()
                + " "
                + finding.path("block").asText()
                + " start="
                + finding.path("start").asText());
      }
      one.path("unread")
          .properties()
          .forEach(
              unread ->
                  out.println("  unread " + unread.getKey() + ": " + unread.getValue().asText()));
    }
    if (!answer.path("left").isEmpty()) {
      out.println("left for the next run: " + answer.path("left"));
    }
    if (!answer.path("further").isEmpty()) {
      out.println("days outside the usual ones are not finished for: " + answer.path("further"));
    }
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("not part of a command");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
