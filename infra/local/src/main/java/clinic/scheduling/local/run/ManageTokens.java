package clinic.scheduling.local.run;

import java.time.Instant;

/** Creates the token that lets a patient read, move and cancel one appointment. */
@FunctionalInterface
public interface ManageTokens {
  String mint(String appointment, Instant expiresAt);
}
