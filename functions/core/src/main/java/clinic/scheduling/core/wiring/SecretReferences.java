package clinic.scheduling.core.wiring;

import clinic.scheduling.core.AbandonedResponses;
import jakarta.inject.Singleton;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Turns a configured value into the secret itself: the ARN of a Secrets Manager secret is fetched,
 * so that a secret never stands in the settings of a function; anything else is the secret.
 */
@Singleton
public final class SecretReferences {
  private static final String REFERENCE = "arn:";

  public SecretReferences() {
    AbandonedResponses.areCutOff();
  }

  /**
   * @throws software.amazon.awssdk.core.exception.SdkException if it cannot be fetched
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
