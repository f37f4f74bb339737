package clinic.scheduling.slots;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** The environment keys that only this function reads. */
interface SlotsSettings {

  /** Searches in Canvas. */
  @ConfigMapping(prefix = "")
  interface Searches {
    /**
     * How many Slot searches may run at the same time. The same limit applies separately to
     * Appointment searches.
     */
    @WithName("SLOT_SEARCHES_AT_ONCE")
    @WithDefault("16")
    int atOnce();
  }

  /** What {@code GET /health} says about the build. */
  @ConfigMapping(prefix = "")
  interface Build {
    @WithName("quarkus.application.version")
    String version();

    /** The commit that was deployed. */
    @WithName("COMMIT")
    @WithDefault("unknown")
    String commit();
  }
}
