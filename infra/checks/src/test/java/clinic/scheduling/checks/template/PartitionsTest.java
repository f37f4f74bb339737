package clinic.scheduling.checks.template;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.checks.Repository;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  /**
   * How code names a partition: in the key itself, or in a method named {@code partition} or {@code
   * shelf}.
   */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:new RowKey\\(\\s*|String PARTITION = )\"([a-z]+)[#\"]"
              + "|String (?:partition|shelf)\\([^)]*\\)\\s*\\{\\s*return \"([a-z]+)");

  @Test
  void everyPartitionThatTheCodeNamesIsTheWorkOfSomeFunction() {
    Set<String> known =
        RowRules.WORK.values().stream()
            .flatMap(work -> Stream.concat(work.reads().stream(), work.writes().stream()))
            .map(pattern -> pattern.replace("#*", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named()).isEqualTo(known);
  }

  private static Set<String> named() {
    return Repository.javaFiles().stream()
        .filter(file -> file.toString().matches(".*/functions/[a-z-]+/src/main/.*"))
        .map(file -> Repository.text(Repository.root().relativize(file).toString()))
        .flatMap(text -> NAMED.matcher(text).results())
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
