package clinic.scheduling.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/**
 * The environment keys that only this function reads. If required keys are missing, the start fails
 * and the error names all of them.
 */
@ConfigMapping(prefix = "")
interface IntakeSettings {
  /**
   * The secrets with which notices are signed, newest first and separated by commas. Each consists
   * of {@code whsec_} and a base64 text. The value may also be the ARN of a Secrets Manager secret
   * that contains them.
   */
  @WithName("WEBHOOK_SECRETS")
  String webhookSecrets();

  /**
   * The tokens of senders that cannot sign, newest first and separated by commas. Each has 32
   * characters or more. The value may also be the ARN of a Secrets Manager secret that contains
   * them. If there are no tokens, every sender has to sign.
   */
  @WithName("WEBHOOK_BEARER_TOKENS")
  Optional<String> bearerTokens();
}
