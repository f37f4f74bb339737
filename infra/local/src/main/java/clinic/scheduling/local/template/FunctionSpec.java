package clinic.scheduling.local.template;

import java.nio.file.Path;
import java.util.Map;

/**
 * One {@code AWS::Serverless::Function}.
 *
 * @param zip where {@code CodeUri} points
 * @param environment every key the template gives to the function, with what it says of the value
 */
public record FunctionSpec(
    String name,
    Path zip,
    String handler,
    int timeoutSeconds,
    int memoryMegabytes,
    Map<String, EnvironmentValue> environment) {}
