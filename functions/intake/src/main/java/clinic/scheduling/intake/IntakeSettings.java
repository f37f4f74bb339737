package clinic.scheduling.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** The environment keys that only this function reads. Start-up names all that are missing. */
@ConfigMapping(prefix = "")
interface IntakeSettings {
  /**
   * The secrets that notices are signed with, newest first: each {@code whsec_} and base64; or the
   * ARN of a Secrets Manager secret.
   */
  @WithName("WEBHOOK_SECRETS")
  String webhookSecrets();

  /**
   * The tokens of senders that cannot sign, newest first, each at least 32 characters; or the ARN
   * of a Secrets Manager secret. Without them every sender has to sign.
   */
  @WithName("WEBHOOK_BEARER_TOKENS")
  Optional<String> bearerTokens();
}
