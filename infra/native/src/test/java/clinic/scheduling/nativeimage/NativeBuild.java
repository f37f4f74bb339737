package clinic.scheduling.nativeimage;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.bootstrap.model.ApplicationModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What Quarkus would hand to native-image for one function: the jars and classes of the function,
 * and the lists of what is registered.
 */
record NativeBuild(String function, List<Part> parts, Registered registered) {
  static final List<String> FUNCTIONS =
      List.of(
          "slots",
          "booking",
          "intake",
          "calendar-intake",
          "fanout",
          "mirror",
          "confirmations",
          "upkeep");

  private static final String GENERATED =
      "io.quarkus.deployment.builditem.GeneratedResourceBuildItem";

  /**
   * A native build of the function up to the point where native-image would start. No file of the
   * function's own package is touched.
   */
  static NativeBuild of(String function) {
    Properties properties = new Properties();
    properties.setProperty("quarkus.native.enabled", "true");
    properties.setProperty("quarkus.package.jar.enabled", "false");
    Path project = Path.of("../../functions", function).toAbsolutePath().normalize();
    Path target = Path.of("target").toAbsolutePath();
    try (CuratedApplication application =
        QuarkusBootstrap.builder()
            .setProjectRoot(project)
            .setApplicationRoot(project.resolve("target/classes"))
            .setTargetDirectory(target.resolve(function))
            .setBaseClassLoader(NativeBuild.class.getClassLoader())
            .setMode(QuarkusBootstrap.Mode.PROD)
            .setOffline(true)
            .setLocalProjectDiscovery(true)
            .setBuildSystemProperties(properties)
            .addAdditionalDeploymentArchive(target.resolve("test-classes"))
            .build()
            .bootstrap()) {
      Map<String, byte[]> generated = new HashMap<>();
      application
          .createAugmentor()
          .performCustomBuild(CollectGenerated.class.getName(), generated, GENERATED);
      List<Part> parts = parts(application.getApplicationModel());
      return new NativeBuild(function, parts, Registered.of(generated, parts));
    } catch (Exception e) {
      throw new IllegalStateException("no native build of " + function, e);
    }
  }

  private static List<Part> parts(ApplicationModel model) {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.of(model.getAppArtifact()));
    model.getRuntimeDependencies().forEach(dependency -> parts.add(Part.of(dependency)));
    return parts;
  }
}
