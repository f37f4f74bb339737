package clinic.scheduling.benchmark.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The options of the benchmark. */
public record Settings(Path repository, List<Part> parts, boolean help) {
  public static final String HELP =
      """
      Measures slot lookup, booking, calendars and messages against their figures. From the root of the repository:

        mvn -Pbenchmark                          build everything, measure all parts (50 minutes)
        mvn -Pbenchmark -Dbenchmark.only=lookup  one part, or several with commas between them
        mvn -Pbenchmark -Dbenchmark.help=true    this text

        lookup   time to answer over a Canvas that takes 100 ms, 1 to 256 schedules
        compute  the pure computation, and how it grows
        load     100 lookups a second for a minute
        memory   the largest lookups in a function of 512 MB
        booking  where the time of a booking goes, over a Canvas that takes 50 ms
        rush     20 bookings a second for half a minute, three for each of 200 times
        notice   from a change in Canvas to both calendars: what is not spent in calls outside
        notices  notices a second with 1, 2 and 4 processes, every call taking 20 ms
        drain    a backlog of 5,000 notices, against the limits of Graph and Google
        meeting  from a change in a calendar to the block in Canvas: what is not spent in calls outside
        meetings first and idle rounds of full calendars, against the limits of Graph and Google
        meetings-race two bookings a second while meetings are put over the same times
        messages mails a second of one process, over a provider that takes 20 ms; what writing costs
        reminders a run of the reminders over up to 100,000 visits that lie ahead

      Exit code 0: every figure was reached. 1: one was missed. 2: it could not be measured.
      As arguments of this program: --repository <folder>, --only <part>, --help.
      """;

  /** Parses arguments. It ignores empty values, so that a build can always pass all arguments. */
  public static Settings parse(List<String> arguments) {
    Path repository = Path.of("");
    List<Part> parts = List.of(Part.values());
    boolean help = false;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      switch (name) {
        case "--repository" -> repository = Path.of(value);
        case "--only" -> parts = value.isBlank() ? parts : parts(value);
        case "--help" -> help = equals < 0 || value.equals("true");
        default -> throw new IllegalArgumentException("Unknown argument " + name + "; see --help");
      }
    }
    return new Settings(repository.toAbsolutePath().normalize(), parts, help);
  }

  /** The folder of the logs and the unzipped functions. */
  public Path target() {
    return repository.resolve("infra/benchmark/target/benchmark");
  }

  private static List<Part> parts(String words) {
    return Arrays.stream(words.split(",", -1)).map(String::strip).map(Settings::part).toList();
  }

  private static Part part(String word) {
    return Part.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no part %s; there are %s"
                        .formatted(word, Arrays.stream(Part.values()).map(Part::word).toList())));
  }
}
