package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepositoryTest {
  private static final Set<String> TEXT =
      Set.of(
          "java",
          "xml",
          "yaml",
          "yml",
          "json",
          "md",
          "properties",
          "html",
          "css",
          "js",
          "py",
          "run");
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
  private static final Pattern MACHINE =
      Pattern.compile("(?<![\\w.:$}])/(home|root|Users|work|tmp|var/folders)/[\\w.-]");
  private static final Pattern AUTHOR = Pattern.compile("(?m)^\\s*\\*\\s*@auth" + "or\\b");
  private static final Pattern VERSION =
      Pattern.compile("<version>\\s*([^<$\\s\\[][^<]*?)\\s*</version>");
  private static final Pattern PROPERTY = Pattern.compile("<([a-z-]+\\.version)>([^<]+)</\\1>");

  /** A file that a command reads from, or writes to, the folder in which the command runs. */
  private static final Pattern LEFT =
      Pattern.compile("(?:file://|> |--rawfile \\w+ |' )([\\w-]+\\.json)\\b");

  private static final String OURS = "1.0.0-SNAPSHOT";

  @Test
  void nothingIsLeftForLater() {
    assertThat(where(UNFINISHED)).isEmpty();
    assertThat(UNFINISHED.matcher("// TO" + "DO later").find()).isTrue();
  }

  @Test
  void noFileNamesAPathOfOneMachine() {
    assertThat(where(MACHINE)).isEmpty();
    assertThat(MACHINE.matcher("\"/ho" + "me/ann/x\"").find()).isTrue();
    assertThat(MACHINE.matcher("https://example.invalid/home/x").find()).isFalse();
  }

  /**
   * The documented steps write the key file of a service account. Nobody must commit it by mistake.
   */
  @Test
  void whatADocumentedStepLeavesInTheFolderIsIgnored() {
    List<String> lines = Repository.text(".gitignore").lines().toList();
    Set<String> left = new TreeSet<>();
    for (Path file : Repository.files(Repository.root())) {
      if (file.toString().endsWith(".md")) {
        LEFT.matcher(Repository.text(file)).results().forEach(found -> left.add(found.group(1)));
      }
    }

    assertThat(left).contains("service-account.json", "practice.json");
    assertThat(left)
        .allSatisfy(
            name ->
                assertThat(lines)
                    .as(name)
                    .anyMatch(line -> name.matches(line.replace(".", "\\.").replace("*", ".*"))));
  }

  @Test
  void noFileNamesItsAuthor() {
    assertThat(where(AUTHOR)).isEmpty();
  }

  @Test
  void whatRunsAllFunctionsWaitsForEachOfThem() {
    List<String> functions =
        Pattern.compile("CodeUri: functions/(\\S+)/target/")
            .matcher(Repository.text("template.yaml"))
            .results()
            .map(found -> "<artifactId>" + found.group(1) + "</artifactId>")
            .toList();

    assertThat(functions).isNotEmpty();
    assertThat(Repository.text("infra/packaged/pom.xml")).contains(functions);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<Path> packages =
        Repository.javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages).isNotEmpty();
    assertThat(packages)
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .content()
                    .as("%s", folder)
                    .contains("@NullMarked"));
  }

  @Test
  void everyVersionIsWrittenOnceInTheRootPom() {
    List<String> elsewhere = new ArrayList<>();
    for (Path pom : poms()) {
      VERSION
          .matcher(Repository.text(pom))
          .results()
          .map(it -> it.group(1))
          .filter(version -> !version.equals(OURS))
          .forEach(version -> elsewhere.add(relative(pom) + ": " + version));
    }
    assertThat(elsewhere).isEmpty();

    Map<String, Integer> properties = new TreeMap<>();
    PROPERTY
        .matcher(poms().stream().map(Repository::text).collect(Collectors.joining()))
        .results()
        .forEach(it -> properties.merge(it.group(1), 1, Integer::sum));
    assertThat(properties)
        .isNotEmpty()
        .allSatisfy((name, times) -> assertThat(times).as(name).isEqualTo(1));
  }

  @Test
  void classesAreNamedByWhatTheyDo() {
    assertThat(Repository.javaFiles())
        .extracting(file -> file.getFileName().toString())
        .noneMatch(name -> name.matches(".*(Util|Utils|Helper|Helpers|Manager)\\.java"));
  }

  private static List<Path> poms() {
    return Repository.files(Repository.root()).stream()
        .filter(file -> file.endsWith("pom.xml"))
        .toList();
  }

  private static List<String> where(Pattern pattern) {
    return Repository.files(Repository.root()).stream()
        .filter(RepositoryTest::isText)
        .flatMap(RepositoryTest::lines)
        .filter(line -> pattern.matcher(line).find())
        .toList();
  }

  private static Stream<String> lines(Path file) {
    return Repository.text(file).lines().map(line -> relative(file) + ": " + line);
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static String relative(Path file) {
    return Repository.root().relativize(file).toString();
  }
}
