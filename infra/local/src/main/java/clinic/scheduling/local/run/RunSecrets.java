package clinic.scheduling.local.run;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Secrets for one run: two of each kind, newest first, as after a rotation. */
record RunSecrets(List<String> webhook, List<String> manage) {
  private static final int BYTES = 32;

  static RunSecrets random() {
    SecureRandom random = new SecureRandom();
    return new RunSecrets(
        List.of("whsec_" + secret(random), "whsec_" + secret(random)),
        List.of(secret(random), secret(random)));
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
