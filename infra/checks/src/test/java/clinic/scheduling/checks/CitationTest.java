package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a comment or a page refers to can be opened. */
class CitationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:|#)([^)#]+)(?:#[^)]*)?\\)");

  /** A page of the repository and, for facts, a section: {@code docs/facts/canvas.md 3.1, 3.5}. */
  private static final Pattern CITED =
      Pattern.compile("(docs/[\\w/-]+(?:\\.md)?)((?:,? \\d+(?:\\.\\d+)*(?![\\w.]))*)");

  private static final Pattern SECTION = Pattern.compile("\\d+(?:\\.\\d+)*");

  @Test
  void everyLinkLeadsToAFile() {
    List<String> links = pages().flatMap(CitationTest::links).toList();

    assertThat(links).hasSizeGreaterThan(50);
    assertThat(pages().flatMap(page -> links(page).filter(link -> !leads(page, link))))
        .as("links that lead nowhere")
        .isEmpty();
    assertThat(leads(Repository.root().resolve("README.md"), "docs/nowhere.md")).isFalse();
  }

  @Test
  void everyPageAndSectionThatACommentCitesExists() {
    List<String> cited =
        Repository.javaFiles().stream()
            .filter(file -> !file.getFileName().toString().equals("CitationTest.java"))
            .flatMap(file -> citations(Repository.text(file)))
            .distinct()
            .toList();

    assertThat(cited).hasSizeGreaterThan(20);
    assertThat(cited).allSatisfy(it -> assertThat(exists(it)).as(it).isTrue());
    assertThat(citations("(docs/facts/canvas.md 3.1, 3.5)."))
        .containsExactly("docs/facts/canvas.md 3.1", "docs/facts/canvas.md 3.5");
    assertThat(exists("docs/facts/canvas.md 3.1")).isTrue();
    assertThat(exists("docs/facts/canvas.md 3.99")).isFalse();
    assertThat(exists("docs/nowhere.md")).isFalse();
  }

  private static Stream<Path> pages() {
    return Repository.files(Repository.root()).stream()
        .filter(file -> file.toString().endsWith(".md"));
  }

  private static Stream<String> links(Path page) {
    return LINK.matcher(Repository.text(page)).results().map(found -> found.group(1));
  }

  private static boolean leads(Path page, String link) {
    return Files.exists(page.resolveSibling(link));
  }

  /**
   * Each page or section that a text cites. A comment may contain a line break within a citation.
   */
  private static Stream<String> citations(String text) {
    return CITED
        .matcher(text.replaceAll("\\s+(?:\\*|//)\\s+", " "))
        .results()
        .flatMap(CitationTest::parts);
  }

  private static Stream<String> parts(MatchResult found) {
    List<String> sections =
        SECTION.matcher(found.group(2)).results().map(MatchResult::group).toList();
    return found.group(1).startsWith("docs/facts/") && !sections.isEmpty()
        ? sections.stream().map(section -> found.group(1) + " " + section)
        : Stream.of(found.group(1));
  }

  /** A decision may be cited by its number alone: {@code docs/decisions/0021}. */
  private static boolean exists(String citation) {
    String[] parts = citation.split(" ", 2);
    Path page = Repository.root().resolve(parts[0]);
    if (parts.length == 2) {
      return Files.exists(page)
          && Pattern.compile("(?m)^#+ " + Pattern.quote(parts[1]) + "\\.? ")
              .matcher(Repository.text(page))
              .find();
    }
    return Files.exists(page)
        || Repository.files(Repository.root().resolve("docs")).stream()
            .anyMatch(file -> file.toString().startsWith(page.toString()));
  }
}
