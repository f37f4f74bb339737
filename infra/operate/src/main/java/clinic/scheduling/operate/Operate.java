package clinic.scheduling.operate;

import clinic.scheduling.operate.deadletters.DeadLettersCommand;
import clinic.scheduling.operate.output.FailureMessages;
import clinic.scheduling.operate.practice.PracticeCommand;
import clinic.scheduling.operate.status.StatusCommand;
import clinic.scheduling.operate.upkeep.ReconcileCommand;
import clinic.scheduling.operate.upkeep.RevokeLinksCommand;
import clinic.scheduling.operate.upkeep.RunCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The tool of operators. Nothing that it prints is personal data: it shows ids, fixed words,
 * numbers, times, and the practice document. Exit codes are 0, 1 (something is wrong, or a call
 * failed) and 2 (the command was not understood, and nothing was done).
 */
@Command(
    name = "operate",
    description = "Looks at one installation of external scheduling and operates it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StatusCommand.class,
      PracticeCommand.class,
      DeadLettersCommand.class,
      ReconcileCommand.class,
      RunCommand.class,
      RevokeLinksCommand.class
    },
    footer = {
      "",
      "Give --stack NAME for a stack on AWS, or --local for the local run.",
      "On AWS, the credentials are those of the environment: AWS_ACCESS_KEY_ID,",
      "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. This sets them:",
      "  eval \"$(aws configure export-credentials --format env)\"",
      "Exit code: 0 fine, 1 something is wrong or failed, 2 not understood.",
      "docs/operate.md has more."
    })
public final class Operate {
  private static final int WIDTH = 100;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  boolean help;

  private Operate() {}

  public static void main(String[] words) {
    System.exit(
        new CommandLine(new Operate())
            .setOut(utf8(System.out))
            .setErr(utf8(System.err))
            .setUsageHelpWidth(WIDTH)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(FailureMessages::misused)
            .setExecutionExceptionHandler(FailureMessages::failed)
            .execute(words));
  }

  /** The practice document may have letters that the character set of a terminal lacks. */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
