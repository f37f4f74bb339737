package clinic.scheduling.local.lambda;

import clinic.scheduling.local.template.FunctionSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the processes of one function are started.
 *
 * @param command program and arguments
 * @param folder the unzipped function, which is the working directory
 * @param environment the function's own variables; each process gets Lambda's too
 * @param logs the folder of the log files, {@code <function>-<n>.log}
 * @param most the largest number of processes at one time
 */
public record LaunchPlan(
    FunctionSpec function,
    List<String> command,
    Path folder,
    Map<String, String> environment,
    Path logs,
    int most) {

  Path log(int number) {
    return logs.resolve(function.name() + "-" + number + ".log");
  }
}
