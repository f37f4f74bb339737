package clinic.scheduling.local.run;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of the local run.
 *
 * @param most the maximum number of processes of one function
 * @param schedules whether schedules run by the clock, or only on request
 * @param nativeFunctions whether the native executables that would be deployed are run, not the JVM
 * @param queues whether functions consume the queues; otherwise messages stay there, as on AWS
 *     while event source mappings are disabled
 * @param parameters values for parameters of the template
 */
public record Options(
    Path repository,
    Path target,
    int apiPort,
    int sandboxPort,
    int most,
    boolean keep,
    boolean smoke,
    boolean nativeFunctions,
    boolean schedules,
    boolean queues,
    boolean help,
    Map<String, String> parameters) {

  static final String HELP =
      """
      Runs the whole system on this machine. From the root of the repository:

        mvn -Plocal                        build everything, then run until Ctrl-C
        mvn -Plocal -Dlocal.smoke=true     build, send one booking all the way, exit 0 or 1

        -Dlocal.native=true                run native executables; they are built if GRAALVM_HOME is set
        -Dlocal.api.port=8080              where the HTTP API listens, 0 for any
        -Dlocal.sandbox.port=8090          where the sandboxes and their page listen, 0 for any
        -Dlocal.keep=true                  keep the table over a restart
        -Dlocal.processes=4                most processes of one function
        -Dlocal.schedules=false            schedules run only when they are asked to
        -Dlocal.queues=false               what is queued stays there: no calendars, no messages
        -Dlocal.parameter.<Name>=<value>   a parameter of template.yaml

      The same as arguments of this program: --api-port, --sandbox-port, --keep true, --smoke true,
      --native true, --schedules false, --queues false, --processes, --parameter Name=value, --repository <folder>,
      --target <folder>.
      Every environment key of the functions (CANVAS_FHIR_URL, GRAPH_URL, ...) can be set in the
      environment of this program; it then takes the place of the sandbox's value.
      """;

  /** Parses arguments. It ignores empty values, so that a build can always pass all arguments. */
  public static Options parse(List<String> arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    Map<String, String> parameters = new HashMap<>(mavenParameters(environment));
    Deque<String> rest = words(arguments);
    while (!rest.isEmpty()) {
      String name = rest.pop();
      switch (name) {
        case "--help", "-h" -> given.put("--help", "true");
        case "--parameter" -> parameter(value(name, rest), parameters);
        case "--api-port",
            "--sandbox-port",
            "--processes",
            "--keep",
            "--smoke",
            "--native",
            "--schedules",
            "--queues",
            "--repository",
            "--target" ->
            given.put(name, value(name, rest));
        default -> throw new StartException("Unknown argument " + name + "; see --help");
      }
    }
    given.values().removeIf(String::isBlank);
    boolean queues = flag(given, "--queues", true);
    if (flag(given, "--smoke") && !queues) {
      throw new StartException("--smoke needs the queues: without them no calendar is written");
    }
    Path repository = Path.of(given.getOrDefault("--repository", ".")).toAbsolutePath().normalize();
    Path target = repository.resolve("infra/local/target/local");
    return new Options(
        repository,
        Path.of(given.getOrDefault("--target", target.toString())).toAbsolutePath(),
        number(given, "--api-port", 8080, 0, 65_535),
        number(given, "--sandbox-port", 8090, 0, 65_535),
        number(given, "--processes", 4, 1, 50),
        flag(given, "--keep"),
        flag(given, "--smoke"),
        flag(given, "--native"),
        flag(given, "--schedules", true),
        queues,
        flag(given, "--help"),
        Map.copyOf(parameters));
  }

  /** The folder of the logs of all processes. */
  public Path logs() {
    return target.resolve("logs");
  }

  /** {@code --name=value} is the same as {@code --name value}. */
  private static Deque<String> words(List<String> arguments) {
    Deque<String> words = new ArrayDeque<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (argument.startsWith("--") && equals > 0) {
        words.add(argument.substring(0, equals));
        words.add(argument.substring(equals + 1));
      } else {
        words.add(argument);
      }
    }
    return words;
  }

  private static String value(String name, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new StartException(name + " needs a value; see --help");
    }
    return rest.pop();
  }

  private static void parameter(String assignment, Map<String, String> parameters) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new StartException("--parameter needs Name=value, not " + assignment);
    }
    parameters.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  /** Maven cannot pass on properties with unknown names, but it exports its command line. */
  private static Map<String, String> mavenParameters(Map<String, String> environment) {
    Map<String, String> parameters = new HashMap<>();
    String prefix = "-Dlocal.parameter.";
    for (String word : environment.getOrDefault("MAVEN_CMD_LINE_ARGS", "").split("\\s+", -1)) {
      if (word.startsWith(prefix)) {
        parameter(word.substring(prefix.length()), parameters);
      }
    }
    return parameters;
  }

  private static boolean flag(Map<String, String> given, String name) {
    return flag(given, name, false);
  }

  private static boolean flag(Map<String, String> given, String name, boolean usual) {
    String value = given.getOrDefault(name, String.valueOf(usual));
    if (!value.equals("true") && !value.equals("false")) {
      throw new StartException(name + " is true or false, not " + value);
    }
    return value.equals("true");
  }

  private static int number(
      Map<String, String> given, String name, int usual, int least, int greatest) {
    String text = given.getOrDefault(name, String.valueOf(usual));
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= greatest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The code below reports the error, together with the range.
    }
    throw new StartException(
        "%s is a number from %d to %d, not %s".formatted(name, least, greatest, text));
  }
}
