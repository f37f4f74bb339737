package clinic.scheduling.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Everything that a function reads by name at run time is in its native executable. */
@TestInstance(Lifecycle.PER_CLASS)
class NativeExecutableTest {
  /** Quarkus reads them while it builds. */
  private static final Set<String> READ_AT_BUILD =
      Set.of(
          "application.properties",
          "META-INF/microprofile-config.properties",
          "META-INF/jandex.idx",
          "META-INF/MANIFEST.MF");

  private static final String SERVICES = "META-INF/services/";

  /**
   * RESTEasy takes the client's factory, the first that it finds, while native-image initialises
   * its classes.
   */
  private static final Set<String> PASSED_OVER =
      Set.of("org.jboss.resteasy.reactive.server.core.ServerResponseBuilderFactory");

  private List<NativeBuild> builds = List.of();

  @BeforeAll
  void build() {
    builds = NativeBuild.FUNCTIONS.stream().map(NativeBuild::of).toList();
  }

  @Test
  void everyFileOfOursIsKept() {
    for (NativeBuild build : builds) {
      assertThat(missing(build))
          .as("%s: quarkus.native.resources.includes", build.function())
          .isEmpty();
    }
  }

  @Test
  void aFileOfOursThatNobodyNamesIsFound() {
    NativeBuild build = builds.get(NativeBuild.FUNCTIONS.indexOf("confirmations"));
    Registered nothing = Registered.of(Map.of(), List.of());

    assertThat(missing(new NativeBuild(build.function(), build.parts(), nothing)))
        .contains("messages/en.properties", "messages/es.properties");
  }

  @Test
  void everyFileOfALibraryIsKeptOrListedAsUnread() {
    List<Unread> unread = Unread.all();

    Set<String> neither = new HashSet<>();
    for (NativeBuild build : builds) {
      for (Part part : build.parts()) {
        part.resources().stream()
            .filter(name -> !part.ours() && !build.registered().keeps(name))
            .filter(name -> unread.stream().noneMatch(line -> line.covers(part, name)))
            .forEach(name -> neither.add(part.artifact() + " " + name));
      }
    }

    assertThat(neither).as("neither kept by native-image nor listed in unread.txt").isEmpty();
  }

  @Test
  void noLineAboutUnreadFilesIsLeftOver() {
    List<String> idle = new ArrayList<>();
    for (Unread line : Unread.all()) {
      if (builds.stream().noneMatch(build -> isNeeded(line, build))) {
        idle.add(line.line());
      }
    }

    assertThat(idle).as("lines of unread.txt that cover nothing").isEmpty();
  }

  @Test
  void whatAKeptServiceFileNamesCanBeMade() {
    for (NativeBuild build : builds) {
      Set<String> unmade = new HashSet<>();
      for (Part part : build.parts()) {
        part.files(name -> name.startsWith(SERVICES) && build.registered().keeps(name))
            .values()
            .forEach(file -> unmade.addAll(providers(file)));
      }
      unmade.removeIf(build.registered()::canBeMade);
      unmade.removeAll(PASSED_OVER);
      assertThat(unmade).as("%s: @RegisterForReflection", build.function()).isEmpty();
    }
  }

  @Test
  void whatIsReadOrWrittenAsJsonIsRegistered() {
    for (NativeBuild build : builds) {
      Set<String> types = OwnCode.of(build).boundTypes();
      assertThat(types).as(build.function()).contains("clinic.scheduling.core.queue.ChangeNotice");
      types.removeIf(build.registered()::canBeRead);
      assertThat(types).as("%s: @RegisterForReflection", build.function()).isEmpty();
    }
  }

  @Test
  void aTypeThatIsReadAndNotRegisteredIsFound() throws IOException {
    OwnCode code = new OwnCode();
    for (Class<?> type : List.of(Reader.class, Body.class, Detail.class)) {
      try (InputStream in =
          type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
        code.add(in.readAllBytes());
      }
    }

    assertThat(code.boundTypes())
        .containsExactlyInAnyOrder(Body.class.getName(), Detail.class.getName());
    assertThat(code.boundTypes()).noneMatch(builds.get(0).registered()::canBeRead);
    assertThat(code.reflectiveCalls()).singleElement().asString().endsWith("Class.forName");
  }

  @Test
  void nothingOfOursIsFoundByItsName() {
    for (NativeBuild build : builds) {
      assertThat(OwnCode.of(build).reflectiveCalls()).as(build.function()).isEmpty();
    }
  }

  private static List<String> missing(NativeBuild build) {
    List<String> missing = new ArrayList<>();
    for (Part part : build.parts()) {
      if (part.ours()) {
        missing.addAll(part.resources());
      }
    }
    missing.removeIf(name -> READ_AT_BUILD.contains(name) || name.startsWith("META-INF/maven/"));
    missing.removeIf(build.registered()::keeps);
    return missing;
  }

  private static boolean isNeeded(Unread line, NativeBuild build) {
    return build.parts().stream()
        .anyMatch(part -> part.resources().stream().anyMatch(name -> line.covers(part, name)));
  }

  /** The class names of a service file; {@code java.util.ServiceLoader} gives its form. */
  private static List<String> providers(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").trim())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  record Detail(String text) {}

  record Body(List<Detail> details) {}

  /** Finds a class by its name, which fails in a native executable. */
  static final class Reader {
    Object read(String json) throws Exception {
      Class.forName("java.util.ArrayList");
      return new ObjectMapper().readValue(json, Body.class);
    }
  }
}
