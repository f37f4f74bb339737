package clinic.scheduling.core.wiring;

import clinic.scheduling.core.AbandonedResponses;
import jakarta.inject.Singleton;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Resolves a configured secret. If the value is the ARN of a Secrets Manager secret, that secret is
 * fetched, so that no function has a secret in its settings (docs/decisions/0007). Any other value
 * is the secret itself.
 */
@Singleton
public final class SecretReferences {
  private static final String REFERENCE = "arn:";

  public SecretReferences() {
    AbandonedResponses.closeConnections();
  }

  /**
   * @throws software.amazon.awssdk.core.exception.SdkException if the secret cannot be fetched
   */
  public String resolve(String value) {
    return value.startsWith(REFERENCE) ? fetch(value) : value;
  }

  private static String fetch(String arn) {
    try (SecretsManagerClient secrets =
        SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
      return secrets.getSecretValue(get -> get.secretId(arn)).secretString();
    }
  }
}
