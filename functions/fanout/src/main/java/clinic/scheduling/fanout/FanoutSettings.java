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
  /** After how long Canvas surely shows a change that it has sent a notice about. */
  @WithName("SECOND_LOOK_SECONDS")
  @WithDefault("10")
  @WithConverter(Seconds.class)
  Duration secondLook();
}
