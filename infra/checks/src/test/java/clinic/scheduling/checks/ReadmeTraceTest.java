package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTraceTest {
  private static final String HEADING = "The one-minute trace";
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final List<String> PLACES = List.of("", "functions/", "infra/", "docs/");

  @Test
  void everyNameInTheTraceExists() {
    List<String> names = names(Repository.text("README.md"));

    assertThat(names).as("names in backquotes, second column of the table").hasSizeGreaterThan(5);
    assertThat(names).allSatisfy(name -> assertThat(exists(name)).as(name).isTrue());
  }

  @Test
  void aNameThatDoesNotExistIsSeen() {
    String table =
        """
        ## The one-minute trace
        | step | where |
        | --- | --- |
        | verify `bytes` | `intake/ReceiveCanvasNotice`, `template.yaml: Nowhere` |

        ## Next
        | x | `y` |
        """;

    assertThat(names(table))
        .containsExactly("intake/ReceiveCanvasNotice", "template.yaml: Nowhere");
    assertThat(exists("template.yaml: AppointmentChanges")).isTrue();
    assertThat(exists("template.yaml: Nowhere")).isFalse();
    assertThat(exists("intake/Nothing")).isFalse();
    assertThat(exists("nowhere")).isFalse();
  }

  /** The names in the last column of the table under the heading. */
  private static List<String> names(String readme) {
    List<String> names = new ArrayList<>();
    boolean inside = false;
    for (String line : readme.lines().toList()) {
      inside = line.startsWith("#") ? line.contains(HEADING) : inside;
      String[] cells = line.split("\\|", -1);
      if (inside && cells.length >= 4) {
        NAME.matcher(cells[cells.length - 2]).results().map(MatchResult::group).forEach(names::add);
      }
    }
    return names.stream().map(name -> name.replace("`", "")).toList();
  }

  /** A folder or file, {@code module/Class}, a module, or {@code file: text in it}. */
  private static boolean exists(String name) {
    if (name.contains(": ")) {
      String[] parts = name.split(": ", 2);
      return isThere(parts[0]) && hasWord(Repository.text(parts[0]), parts[1]);
    }
    return isThere(name) || isClass(name);
  }

  private static boolean isThere(String name) {
    return PLACES.stream().anyMatch(place -> Files.exists(Repository.root().resolve(place + name)));
  }

  private static boolean isClass(String name) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash);
    String type = name.substring(slash + 1).replaceAll("\\.java$", "");
    return Repository.javaFiles().stream()
        .map(file -> Repository.root().relativize(file))
        .filter(file -> file.getFileName().toString().equals(type + ".java"))
        .anyMatch(file -> liesIn(file, folder));
  }

  private static boolean liesIn(Path file, String folder) {
    return folder.isEmpty() || ("/" + file.getParent()).endsWith("/" + folder);
  }

  private static boolean hasWord(String text, String word) {
    return Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(text).find();
  }
}
