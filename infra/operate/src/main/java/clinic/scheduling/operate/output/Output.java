package clinic.scheduling.operate.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command prints. Every command has the option {@code --json}. */
public final class Output {
  @Option(names = "--json", description = "Prints one JSON object in place of text.")
  boolean json;

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  /** Whether the answer is JSON. */
  public boolean isJson() {
    return json;
  }

  /** Prints the answer of a command: one JSON object, or the text that {@code text} writes. */
  public void print(JsonNode answer, Consumer<PrintWriter> text) {
    PrintWriter out = command().commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      text.accept(out);
      out.flush();
    }
  }

  /** Says what a long command is doing. This goes to the error stream, beside the answer. */
  public void progress(String line) {
    command().commandLine().getErr().println(line);
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("not part of a command");
    }
    return spec;
  }
}
