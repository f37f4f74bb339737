package clinic.scheduling.fanout;

import clinic.scheduling.core.wiring.Seconds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** The environment keys that only this function reads. */
@ConfigMapping(prefix = "")
interface FanoutSettings {
  /**
   * How long after a notice the visit is read once more (the delayed recheck). By then Canvas shows
   * the change that the notice announced.
   */
  @WithName("SECOND_LOOK_SECONDS")
  @WithDefault("10")
  @WithConverter(Seconds.class)
  Duration recheckDelay();
}
