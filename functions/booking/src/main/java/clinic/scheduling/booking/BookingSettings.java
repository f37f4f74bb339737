package clinic.scheduling.booking;

import clinic.scheduling.core.wiring.Seconds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** The environment keys that only this function reads. */
interface BookingSettings {

  /** Claims of requests. */
  @ConfigMapping(prefix = "")
  interface Lease {
    /**
     * How long a request under one {@code Idempotency-Key} is waited for: the time-out and 30 s.
     */
    @WithName("LEASE_SECONDS")
    @WithDefault("50")
    @WithConverter(Seconds.class)
    Duration length();
  }

  /** The tokens of patients who are signed in at the booking site. */
  @ConfigMapping(prefix = "")
  interface Claims {
    /** The claim that holds the Canvas patient key. */
    @WithName("PATIENT_CLAIM")
    @WithDefault("canvas_patient")
    String patient();
  }
}
