package clinic.scheduling.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** The environment keys that only this function reads. */
@ConfigMapping(prefix = "")
public interface UpkeepSettings {
  /**
   * The name of the deployed function. It is the dimension by which the metrics of several
   * deployments are told apart.
   */
  @WithName("AWS_LAMBDA_FUNCTION_NAME")
  @WithDefault("RunUpkeep")
  String functionName();
}
