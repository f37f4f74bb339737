package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents use one vocabulary: that of the code, explained in {@code docs/glossary.md}. */
class GlossaryTest {
  private static final String GLOSSARY = "docs/glossary.md";
  private static final String ARCHITECTURE = "docs/architecture.md";
  private static final Pattern TERM = Pattern.compile("(?m)^\\| ([a-z][a-z -]+) \\| .* \\|$");
  private static final Pattern MECHANISM = Pattern.compile("(?m)^\\*\\*([A-Z][a-z ]+)\\.\\*\\*");
  private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");

  /** {@code SyncPlan}, {@code Rows.write}, but not {@code PUBLIC_URL} or {@code Retry-After}. */
  private static final Pattern CLASS_LIKE =
      Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)((?:\\.\\w+)*)(?:\\(\\))?");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");
  private static final Pattern PLACEHOLDER = Pattern.compile("<[^>]*>");
  private static final Pattern WORD = Pattern.compile("[\\w-]+");

  /** Names of other systems that no file of ours contains. */
  private static final Set<String> OUTSIDE = Set.of("ConcurrentExecutions");

  /** Former names of classes. The documents must not use them: a class has one name. */
  private static final Set<String> RETIRED =
      Set.of(
          "Allowed",
          "Ask",
          "BadErrandException",
          "BadOrderException",
          "Bookable",
          "Certify",
          "Changes",
          "Checks",
          "Compose",
          "Cursor",
          "Denials",
          "Doubles",
          "Doubts",
          "Draft",
          "Edge",
          "EntryKeeper",
          "Errand",
          "ErrandReader",
          "Finding",
          "Findings",
          "FirstSight",
          "FormerBooking",
          "Forms",
          "FurtherDays",
          "Gauge",
          "GivenUpAnswers",
          "HearProvider",
          "Heard",
          "InOrder",
          "InvitationMail",
          "KeepBooking",
          "Kept",
          "KnownSender",
          "Lane",
          "Languages",
          "LeftTimes",
          "Letters",
          "Made",
          "MailboxDoor",
          "MarkedWrites",
          "Meter",
          "MovedTimes",
          "Moves",
          "Nearest",
          "Nearing",
          "News",
          "Noted",
          "Occasion",
          "Order",
          "PatientNews",
          "PatientView",
          "Persons",
          "Picture",
          "Postponement",
          "Prints",
          "Promise",
          "ReadEvent",
          "ReadNews",
          "ReadOrder",
          "ReadStanding",
          "Recorded",
          "Rejections",
          "Round",
          "Rounds",
          "Saying",
          "ScanMark",
          "SecondLook",
          "SeedNotice",
          "Sending",
          "Sides",
          "Sight",
          "StaleTimes",
          "Stamped",
          "Standing",
          "Strays",
          "Survey",
          "Taken",
          "Telling",
          "TimeLeft",
          "TooManyFoundException",
          "Turn",
          "TwiceBooked",
          "Unlinked",
          "Unrecorded",
          "Untold",
          "Values",
          "VisitChanges",
          "VisitPast",
          "Waiting",
          "WaitingMessages",
          "WayBack",
          "WholeAnswer",
          "WholeThread",
          "Wish",
          "Words",
          "WriteInvitation");

  private final String sources = sources();
  private final Set<String> types = types(sources);

  @Test
  void everyClassInTheGlossaryExists() {
    List<String> named = classesIn(Repository.text(GLOSSARY));

    assertThat(named).hasSizeGreaterThan(40);
    assertThat(absent(named)).isEmpty();
    assertThat(classesIn("`Nowhere` beside `SyncPlan.of`, `X`"))
        .containsExactly("Nowhere", "SyncPlan");
    assertThat(absent(List.of("Nowhere", "SyncPlan"))).containsExactly("Nowhere");
  }

  @Test
  void everyTermIsUsedInTheDocuments() {
    String elsewhere =
        documents()
            .filter(page -> !page.endsWith(GLOSSARY))
            .map(Repository::text)
            .collect(Collectors.joining("\n"))
            .replaceAll("\\s+", " ");

    assertThat(terms()).hasSizeGreaterThan(40).doesNotHaveDuplicates();
    assertThat(terms()).allSatisfy(term -> assertThat(says(elsewhere, term)).as(term).isTrue());
    assertThat(says("one fence, two", "fence")).isTrue();
    assertThat(says("a fenced garden", "fence")).isFalse();
  }

  @Test
  void everyMechanismOfTheArchitectureIsExplained() {
    List<String> mechanisms =
        MECHANISM
            .matcher(Repository.text(ARCHITECTURE))
            .results()
            .map(found -> found.group(1).toLowerCase(Locale.ROOT))
            .toList();

    assertThat(mechanisms).hasSizeGreaterThan(3);
    assertThat(mechanisms)
        .allSatisfy(
            mechanism ->
                assertThat(terms()).as(mechanism).anyMatch(term -> isOneOf(mechanism, term)));
    assertThat(isOneOf("visit lock", "lock")).isTrue();
    assertThat(isOneOf("turn", "lock")).isFalse();
  }

  /**
   * A class name has to be that of a class of ours. Any other quoted word has to occur in the code,
   * the template or the API document.
   */
  @Test
  void everyNameInTheArchitectureLeadsSomewhere() {
    String architecture = Repository.text(ARCHITECTURE);

    assertThat(classesIn(architecture)).hasSizeGreaterThan(40);
    assertThat(absent(classesIn(architecture))).isEmpty();
    assertThat(unknownWords(architecture)).isEmpty();
    assertThat(unknownWords("a `fence-lost-nowhere` and `409 slot-taken`, `request#<root>`"))
        .containsExactly("fence-lost-nowhere");
  }

  /**
   * Decisions also name classes that were not chosen or no longer exist, so only the other pages
   * are checked.
   */
  @Test
  void everyClassThatAPageNamesExists() {
    List<Path> pages = documents().filter(page -> !page.toString().contains("decisions")).toList();

    assertThat(pages).hasSizeGreaterThan(8);
    assertThat(pages)
        .allSatisfy(page -> assertThat(strangers(Repository.text(page))).as("%s", page).isEmpty());
    assertThat(strangers("`SyncPlan`, `Clock`, `FenceLostNowhere`"))
        .containsExactly("FenceLostNowhere");
  }

  private List<String> strangers(String text) {
    Set<String> words = words();
    return absent(classesIn(text)).stream()
        .filter(name -> !words.contains(name) && !OUTSIDE.contains(name))
        .toList();
  }

  private Set<String> words() {
    return WORD.matcher(sources).results().map(MatchResult::group).collect(toSet());
  }

  @Test
  void noDocumentSaysARetiredName() {
    assertThat(RETIRED).doesNotContainAnyElementsOf(types);
    assertThat(documents())
        .allSatisfy(
            page ->
                assertThat(classesIn(Repository.text(page)))
                    .as("%s", page)
                    .doesNotContainAnyElementsOf(RETIRED));
    assertThat(classesIn("what `Kept.of` is now")).containsAnyElementsOf(RETIRED);
  }

  private List<String> absent(List<String> named) {
    return named.stream().filter(name -> !types.contains(name)).toList();
  }

  private static List<String> terms() {
    return TERM.matcher(Repository.text(GLOSSARY))
        .results()
        .map(found -> found.group(1))
        .filter(term -> !term.equals("term"))
        .toList();
  }

  private List<String> unknownWords(String text) {
    Set<String> known = words();
    return quoted(text)
        .filter(name -> !CLASS_LIKE.matcher(name).matches() && !name.contains("/"))
        .flatMap(name -> WORD.matcher(PLACEHOLDER.matcher(name).replaceAll(" ")).results())
        .map(MatchResult::group)
        .filter(word -> !known.contains(word) && !known.contains(constant(word)))
        .toList();
  }

  private static Collector<String, ?, Set<String>> toSet() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static boolean isOneOf(String mechanism, String term) {
    return mechanism.equals(term) || mechanism.endsWith(" " + term) || mechanism.equals(term + "s");
  }

  private static boolean says(String text, String term) {
    return Pattern.compile("\\b" + term + "(?:s|es)?\\b", Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .find();
  }

  private static List<String> classesIn(String text) {
    return quoted(text)
        .map(CLASS_LIKE::matcher)
        .filter(found -> found.matches())
        .map(found -> found.group(1))
        .toList();
  }

  private static Stream<String> quoted(String text) {
    return QUOTED.matcher(text).results().map(found -> found.group(1));
  }

  /** README and docs, except the facts, which use the names of other systems. */
  private static Stream<Path> documents() {
    Path root = Repository.root();
    return Stream.concat(
        Stream.of(root.resolve("README.md")),
        Repository.files(root.resolve("docs")).stream()
            .filter(page -> page.toString().endsWith(".md"))
            .filter(page -> !page.startsWith(root.resolve("docs/facts"))));
  }

  private static String sources() {
    Path root = Repository.root();
    return Stream.of(
            Repository.javaFiles().stream()
                .filter(file -> !file.getFileName().toString().equals("GlossaryTest.java")),
            Stream.of("template.yaml", "infra/openapi.yaml", "infra/practice.schema.json")
                .map(root::resolve))
        .flatMap(files -> files)
        .map(Repository::text)
        .collect(Collectors.joining("\n"));
  }

  private static Set<String> types(String sources) {
    return TYPE.matcher(sources).results().map(found -> found.group(1)).collect(toSet());
  }
}
