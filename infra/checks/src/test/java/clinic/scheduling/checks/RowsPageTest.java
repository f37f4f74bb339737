package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/rows.md} explains each partition of the table that a function may touch. */
class RowsPageTest {
  private static final Pattern GRANTED = Pattern.compile("dynamodb:LeadingKeys: \\[([^\\]]+)]");
  private static final Pattern EXPLAINED = Pattern.compile("(?m)^\\| `([a-z]+#?)[^`]*` \\|");

  @Test
  void everyPartitionOfTheRolesIsExplainedAndNoOther() {
    Set<String> granted =
        GRANTED
            .matcher(Repository.text("template.yaml"))
            .results()
            .flatMap(found -> Arrays.stream(found.group(1).split(", ")))
            .map(key -> key.replaceAll("['*]", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(granted).hasSizeGreaterThan(10).contains("keys", "visit#");
    assertThat(explained(Repository.text("docs/rows.md"))).isEqualTo(granted);
    assertThat(explained("| `gone#<id>` | x |\n| `keys` | y |\n")).containsExactly("gone#", "keys");
  }

  private static Set<String> explained(String page) {
    return EXPLAINED
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
