package clinic.scheduling.local.template;

import java.nio.file.Path;
import java.util.Map;

/**
 * One {@code AWS::Serverless::Function}.
 *
 * @param zip the file that {@code CodeUri} names: the package that is deployed
 * @param environment every key of the function in the template, with its value
 */
public record FunctionSpec(
    String name,
    Path zip,
    String handler,
    int timeoutSeconds,
    int memoryMegabytes,
    Map<String, EnvironmentValue> environment) {

  /**
   * The package for the JVM that each build leaves for tests and local runs. It lies above the
   * folder of the package that is deployed, so that neither overwrites the other.
   */
  public Path jvmZip() {
    return zip.resolveSibling("..").resolve(zip.getFileName()).normalize();
  }
}
