package clinic.scheduling.booking.request;

import clinic.scheduling.core.wiring.Seconds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** The environment keys that only this function reads. */
public interface BookingSettings {

  /** The lease of a request. */
  @ConfigMapping(prefix = "")
  interface Lease {
    /**
     * How long a repeat waits for an attempt under the same {@code Idempotency-Key}: the time-out
     * of this function and 30 s more.
     */
    @WithName("LEASE_SECONDS")
    @WithDefault("50")
    @WithConverter(Seconds.class)
    Duration length();
  }

  /** The tokens of patients who have signed in at the booking site. */
  @ConfigMapping(prefix = "")
  interface Claims {
    /** The claim that holds the Canvas patient key. */
    @WithName("PATIENT_CLAIM")
    @WithDefault("canvas_patient")
    String patient();
  }
}
