package clinic.scheduling.local.run;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.EnvironmentValue;
import clinic.scheduling.local.template.FunctionSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of each function: exactly the keys of the template, and those that the AWS SDK
 * reads. The value of a key comes from this program's own environment, else it is the local one,
 * else that of the template.
 */
final class Environments {
  private final Map<String, String> own;
  private final Map<String, String> local;
  private final EmbeddedAws aws;

  Environments(Map<String, String> own, Map<String, String> local, EmbeddedAws aws) {
    this.own = own;
    this.local = local;
    this.aws = aws;
  }

  /**
   * The environments by function name.
   *
   * @throws StartException naming every key that has no value here
   */
  Map<String, Map<String, String>> of(Deployment deployment) {
    List<String> missing = new ArrayList<>();
    Map<String, Map<String, String>> all = new HashMap<>();
    for (FunctionSpec function : deployment.functions()) {
      Map<String, String> environment = new HashMap<>();
      local.forEach((key, value) -> putIfAws(environment, key, value));
      for (Map.Entry<String, EnvironmentValue> key : function.environment().entrySet()) {
        String value = value(key.getKey(), key.getValue());
        if (value == null) {
          missing.add("  %s of %s: %s".formatted(key.getKey(), function.name(), key.getValue()));
        } else {
          environment.put(key.getKey(), value);
        }
      }
      all.put(function.name(), Map.copyOf(environment));
    }
    if (!missing.isEmpty()) {
      throw new StartException(
          "These environment keys of template.yaml have no value in the local run; set them in the"
              + " environment:\n"
              + String.join("\n", missing));
    }
    return all;
  }

  private void putIfAws(Map<String, String> environment, String key, String value) {
    if (key.startsWith("AWS_")) {
      boolean endpoint = key.startsWith("AWS_ENDPOINT_URL_S") && own.containsKey(key);
      environment.put(key, endpoint ? own.getOrDefault(key, value) : value);
    }
  }

  private @Nullable String value(String key, EnvironmentValue stated) {
    String chosen = own.getOrDefault(key, local.get(key));
    if (chosen != null) {
      return chosen;
    }
    if (stated instanceof EnvironmentValue.Literal literal) {
      return literal.text();
    }
    return stated instanceof EnvironmentValue.QueueUrl queue
        ? aws.queues().url(queue.queue())
        : null;
  }
}
