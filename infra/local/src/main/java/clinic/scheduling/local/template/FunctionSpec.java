package clinic.scheduling.local.template;

import java.nio.file.Path;
import java.util.Map;

/**
 * One {@code AWS::Serverless::Function}.
 *
 * @param zip the file that {@code CodeUri} names
 * @param environment every key of the function in the template, with its value
 */
public record FunctionSpec(
    String name,
    Path zip,
    String handler,
    int timeoutSeconds,
    int memoryMegabytes,
    Map<String, EnvironmentValue> environment) {}
