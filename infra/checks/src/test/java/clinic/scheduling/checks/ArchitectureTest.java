package clinic.scheduling.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
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
      List.of(
          "slots",
          "booking",
          "intake",
          "calendar-intake",
          "fanout",
          "mirror",
          "confirmations",
          "upkeep");
  private static final List<String> LIBRARIES =
      List.of("core", "canvas", "calendar-access", "calendars", "meetings");
  private static final List<String> STAND_INS = List.of("sandbox", "local");
  private static final List<String> TOOLS = List.of("operate", "benchmark");
  private static final int LARGEST_PACKAGE = 22;
  private static final String ENTRY = "io.quarkus.funqy.Funq";
  private static final Set<String> ASKS_THE_TIME =
      Set.of("now", "currentTimeMillis", "nanoTime", "system", "systemUTC", "systemDefaultZone");

  private static final ArchRule NO_CYCLES =
      slices().matching("clinic.scheduling.(**)").should().beFreeOfCycles();

  private static final ArchRule NO_CIRCLES_OF_CLASSES =
      slices().assignedFrom(new TopLevelClass()).should().beFreeOfCycles();

  private static final ArchRule SMALL_PACKAGES =
      classes().that().areTopLevelClasses().should(shareAPackageWithFew());

  /**
   * Java 17 does not check that an {@code instanceof} chain over a sealed type is complete. It does
   * check abstract methods: a new case does not compile until it implements the abstract methods of
   * its type.
   */
  private static final ArchRule NO_INSTANCEOF_ON_SEALED_TYPES =
      classes().should(notAskForACaseOfASealedType());

  /** Time comes from the injected clock; only the class that is that clock asks the machine. */
  private static final ArchRule ONE_CLOCK =
      noClasses()
          .that()
          .doNotHaveSimpleName("SystemClock")
          .should()
          .callMethodWhere(
              describe("the machine is asked for the time", call -> asksTheTime(call.getTarget())));

  private final JavaClasses functions =
      compiled(Stream.concat(LIBRARIES.stream(), FUNCTIONS.stream()).map("functions/"::concat));
  private final JavaClasses everything =
      compiled(
          Stream.of(
                  Stream.concat(LIBRARIES.stream(), FUNCTIONS.stream()).map("functions/"::concat),
                  Stream.concat(STAND_INS.stream(), TOOLS.stream()).map("infra/"::concat))
              .flatMap(it -> it));

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
        .and(describe("are no function", (JavaClass it) -> !isEntry(it) && !hasEntry(it)))
        .and(describe("no other package of theirs uses", it -> !isShared(it)))
        .should()
        .notBePublic();
  }

  @Test
  void noPackageDependsOnItself() {
    NO_CYCLES.check(everything);
  }

  @Test
  void noClassDependsOnItself() {
    NO_CIRCLES_OF_CLASSES.check(everything);
  }

  @Test
  void noPackageHasManyClasses() {
    SMALL_PACKAGES.check(functions);
  }

  @Test
  void nobodyAsksWhichCaseOfASealedTypeAnObjectIs() {
    NO_INSTANCEOF_ON_SEALED_TYPES.check(functions);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsNeverImportEachOther(String function) {
    List<String> others = FUNCTIONS.stream().filter(it -> !it.equals(function)).toList();

    noImports(List.of(function), others).check(everything);
  }

  @Test
  void coreAndCanvasKnowNoFunction() {
    noImports(LIBRARIES, FUNCTIONS).check(everything);
  }

  @Test
  void coreDoesNotKnowCanvas() {
    noImports(List.of("core"), List.of("canvas")).check(everything);
  }

  @Test
  void whatRunsOnAwsKnowsNoStandIn() {
    noImports(LIBRARIES, STAND_INS).check(everything);
    noImports(FUNCTIONS, STAND_INS).check(everything);
  }

  @Test
  void onlyEntriesOfFunctionsAndWhatTheirPackagesShareArePublic() {
    onlyEntriesArePublic(FUNCTIONS).check(functions);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionHasOneEntry(String function) {
    assertThat(functions.that(resideInAPackage(packages(List.of(function))[0])))
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
    ONE_CLOCK.check(functions);
    assertThat(functions).filteredOn(it -> it.getSimpleName().equals("SystemClock")).hasSize(1);
  }

  @Test
  void theRulesAreSeenToFail() {
    JavaClasses broken = new ClassFileImporter().importPackages(BASE + "checks.broken");

    assertThat(broken).hasSizeGreaterThan(1);
    for (ArchRule rule :
        List.of(
            NO_CYCLES,
            NO_CIRCLES_OF_CLASSES,
            SMALL_PACKAGES,
            NO_INSTANCEOF_ON_SEALED_TYPES,
            ONE_CLOCK,
            onlyEntriesArePublic(List.of("checks.broken")),
            noImports(List.of("checks.broken.one"), List.of("checks.broken.two")))) {
      assertThatThrownBy(() -> rule.check(broken)).isInstanceOf(AssertionError.class);
    }
  }

  /** Only this rule finds a circle between classes of one package. */
  @Test
  void aCircleWithinAPackageIsSeenToFail() {
    JavaClasses circle = new ClassFileImporter().importPackages(BASE + "checks.broken.circle");

    NO_CYCLES.check(circle);
    assertThatThrownBy(() -> NO_CIRCLES_OF_CLASSES.check(circle))
        .hasMessageContaining("circle.Egg")
        .hasMessageContaining("circle.Hen");
  }

  private static JavaClasses compiled(Stream<String> modules) {
    List<Path> folders =
        modules.map(module -> Repository.root().resolve(module).resolve("target/classes")).toList();
    List<Path> missing =
        folders.stream().filter(folder -> !Files.isDirectory(folder.resolve("clinic"))).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Not compiled: " + missing + ". Run mvn verify for the whole project.");
    }
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/jmh_generated/"))
        .importPaths(folders);
  }

  private static ArchCondition<JavaClass> shareAPackageWithFew() {
    return new ArchCondition<>("be among at most " + LARGEST_PACKAGE + " classes of a package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long classes =
            type.getPackage().getClasses().stream()
                .filter(it -> it.isTopLevelClass() && !it.isArray())
                .filter(it -> !it.getSimpleName().equals("package-info"))
                .count();
        if (classes > LARGEST_PACKAGE) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " is in a package of " + classes + " top-level classes"));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> notAskForACaseOfASealedType() {
    return new ArchCondition<>("not ask which case of one of our sealed types an object is") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (InstanceofCheck question : type.getInstanceofChecks()) {
          if (isCaseOfOurSealedType(question.getRawType())) {
            events.add(
                SimpleConditionEvent.violated(
                    type,
                    "%s asks for %s %s"
                        .formatted(
                            question.getOwner().getFullName(),
                            question.getRawType().getName(),
                            question.getSourceCodeLocation())));
          }
        }
      }
    };
  }

  private static boolean isCaseOfOurSealedType(JavaClass type) {
    return Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
        .anyMatch(parent -> parent.isSealed() && parent.getPackageName().startsWith(BASE));
  }

  private static boolean isEntry(JavaClass it) {
    return it.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(ENTRY));
  }

  /** Whether a class inside of this one is what Lambda calls. */
  private static boolean hasEntry(JavaClass it) {
    return it.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .anyMatch(user -> isEntry(user) && user.getEnclosingClass().filter(it::equals).isPresent());
  }

  /**
   * A function with several packages needs public types that its packages share. No other function
   * uses them.
   */
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
    return modules.stream()
        .map(module -> BASE + module.replace("-", "") + "..")
        .toArray(String[]::new);
  }

  /** Puts a nested class into one slice with the class that it is nested in. */
  private record TopLevelClass() implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
    }

    @Override
    public String getDescription() {
      return "top-level classes";
    }
  }
}
