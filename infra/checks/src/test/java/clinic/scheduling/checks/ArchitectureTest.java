package clinic.scheduling.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String BASE = "clinic.scheduling.";
  private static final List<String> FUNCTIONS =
      List.of("slots", "booking", "intake", "fanout", "confirmations", "upkeep");
  private static final List<String> LIBRARIES = List.of("core", "canvas", "calendars");
  private static final List<String> STAND_INS = List.of("sandbox", "local");
  private static final String ENTRY = "io.quarkus.funqy.Funq";
  private static final Set<String> ASKS_THE_TIME =
      Set.of("now", "currentTimeMillis", "nanoTime", "system", "systemUTC", "systemDefaultZone");

  private static final ArchRule NO_CYCLES =
      slices().matching("clinic.scheduling.(**)").should().beFreeOfCycles();

  /** Time comes from the injected clock; only the class that is that clock asks the machine. */
  private static final ArchRule ONE_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "sandbox..", BASE + "local..")
          .and()
          .doNotHaveSimpleName("SystemClock")
          .should()
          .callMethodWhere(
              describe("the machine is asked for the time", call -> asksTheTime(call.getTarget())));

  private final JavaClasses house = house();

  private static ArchRule noImports(List<String> from, List<String> what) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(from))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(what));
  }

  private static ArchRule onlyEntriesArePublic(List<String> modules) {
    return classes()
        .that()
        .resideInAnyPackage(packages(modules))
        .and()
        .areTopLevelClasses()
        .and(describe("have no @Funq method", (JavaClass it) -> !isEntry(it)))
        .and(describe("no other package of theirs uses", it -> !isShared(it)))
        .should()
        .notBePublic();
  }

  @Test
  void noPackageDependsOnItself() {
    NO_CYCLES.check(house);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsNeverImportEachOther(String function) {
    List<String> others = FUNCTIONS.stream().filter(it -> !it.equals(function)).toList();

    noImports(List.of(function), others).check(house);
  }

  @Test
  void coreAndCanvasKnowNoFunction() {
    noImports(LIBRARIES, FUNCTIONS).check(house);
  }

  @Test
  void coreDoesNotKnowCanvas() {
    noImports(List.of("core"), List.of("canvas")).check(house);
  }

  @Test
  void whatRunsOnAwsKnowsNoStandIn() {
    noImports(LIBRARIES, STAND_INS).check(house);
    noImports(FUNCTIONS, STAND_INS).check(house);
  }

  @Test
  void onlyEntriesOfFunctionsAndWhatTheirPackagesShareArePublic() {
    onlyEntriesArePublic(FUNCTIONS).check(house);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionHasOneEntry(String function) {
    assertThat(house.that(resideInAPackage(BASE + function + "..")))
        .filteredOn(ArchitectureTest::isEntry)
        .hasSize(1)
        .allSatisfy(
            entry ->
                assertThat(entry.getModifiers()).as(entry.getName()).contains(JavaModifier.PUBLIC));
  }

  static List<String> functions() {
    return FUNCTIONS;
  }

  @Test
  void onlyOneClassAsksTheMachineForTheTime() {
    ONE_CLOCK.check(house);
    assertThat(house).filteredOn(it -> it.getSimpleName().equals("SystemClock")).hasSize(1);
  }

  @Test
  void theRulesAreSeenToFail() {
    JavaClasses broken = new ClassFileImporter().importPackages(BASE + "checks.broken");

    assertThat(broken).hasSizeGreaterThan(1);
    for (ArchRule rule :
        List.of(
            NO_CYCLES,
            ONE_CLOCK,
            onlyEntriesArePublic(List.of("checks.broken")),
            noImports(List.of("checks.broken.one"), List.of("checks.broken.two")))) {
      assertThatThrownBy(() -> rule.check(broken)).isInstanceOf(AssertionError.class);
    }
  }

  private static JavaClasses house() {
    List<Path> folders =
        Stream.of(
                Stream.concat(LIBRARIES.stream(), FUNCTIONS.stream()).map("functions/"::concat),
                STAND_INS.stream().map("infra/"::concat))
            .flatMap(it -> it)
            .map(module -> Repository.root().resolve(module).resolve("target/classes"))
            .toList();
    List<Path> missing =
        folders.stream().filter(folder -> !Files.isDirectory(folder.resolve("clinic"))).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Not compiled: " + missing + ". Run mvn verify for the whole project.");
    }
    return new ClassFileImporter().importPaths(folders);
  }

  private static boolean isEntry(JavaClass it) {
    return it.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(ENTRY));
  }

  /** A function of several packages has types that they share; no other function sees them. */
  private static boolean isShared(JavaClass it) {
    return it.getDirectDependenciesToSelf().stream()
        .map(use -> use.getOriginClass().getPackageName())
        .anyMatch(user -> !user.equals(it.getPackageName()));
  }

  private static boolean asksTheTime(AccessTarget target) {
    String owner = target.getOwner().getName();
    return ASKS_THE_TIME.contains(target.getName())
        && (owner.startsWith("java.time.") || owner.equals("java.lang.System"))
        && !takesAClock(target);
  }

  private static boolean takesAClock(AccessTarget target) {
    return target.getFullName().contains("(java.time.Clock)");
  }

  private static String[] packages(List<String> modules) {
    return modules.stream().map(module -> BASE + module + "..").toArray(String[]::new);
  }
}
