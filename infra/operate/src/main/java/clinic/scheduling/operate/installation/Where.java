package clinic.scheduling.operate.installation;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.regions.Region;

/** The options that say which installation a command works on. */
public final class Where {
  private static final int DEFAULT_PORT = 8090;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description = "The CloudFormation stack on AWS; its outputs name queues, table and logs.")
  Optional<String> stack = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The Region of the stack; AWS_REGION unless given.")
  Optional<String> region = Optional.empty();

  @Option(names = "--local", description = "The local run, in place of a stack.")
  boolean local;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port of the stand-ins of the local run; 8090 unless given.")
  Optional<Integer> port = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  /**
   * Finds the installation.
   *
   * @throws ParameterException if the options or the environment do not say which it is
   */
  public Installation open() {
    if (local == stack.isPresent()) {
      throw wrong("either --stack NAME or --local is needed");
    }
    if (local) {
      Path repository = Path.of(System.getProperty("operate.repository", ""));
      return LocalRun.at(port.orElse(DEFAULT_PORT), repository);
    }
    String name = region.orElseGet(() -> required("AWS_REGION"));
    required("AWS_ACCESS_KEY_ID");
    required("AWS_SECRET_ACCESS_KEY");
    return Stack.of(stack.orElseThrow(), Region.of(name));
  }

  private String required(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> wrong(variable + " is not set"));
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("not part of a command");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
