package clinic.scheduling.calendaraccess.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key file is read completely, or is refused at start. Each assertion is for one user. */
class ServiceAccountTest {
  private static final Instant NOW = Instant.parse("2026-11-23T17:00:00Z");
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void theAssertionNamesTheUserAndVerifies() throws Exception {
    KeyPair keys = keys();
    ServiceAccount account = ServiceAccount.read(file(keys), mapper);

    String[] parts = account.assertion("ingrid@example.invalid", NOW).split("\\.");

    JsonNode claims = mapper.readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("sub").asText()).isEqualTo("ingrid@example.invalid");
    assertThat(claims.path("aud").asText()).isEqualTo("https://token.example.invalid/");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThan(3600);
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initVerify(keys.getPublic());
    rsa.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(rsa.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json s3cret",
        "{}",
        "{\"client_email\":\"a\",\"private_key_id\":\"k\",\"private_key\":\"s3cret\"}",
        "{\"client_email\":\"a\",\"private_key_id\":\"k\",\"private_key\":\"%%%s3cret\"}"
      })
  void aFileThatCannotBeUsedIsRefusedByTheNameOfItsSetting(String file) {
    assertThatThrownBy(() -> ServiceAccount.read(file, mapper))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("GOOGLE_SERVICE_ACCOUNT: ")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void itsTextFormShowsNothing() throws Exception {
    assertThat(ServiceAccount.read(file(keys()), mapper)).hasToString("[secret]");
  }

  private String file(KeyPair keys) throws JsonProcessingException {
    String base64 = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
    return mapper.writeValueAsString(
        mapper
            .createObjectNode()
            .put("client_email", "robot@example.invalid")
            .put("private_key_id", "key-1")
            .put(
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n")
            .put("token_uri", "https://token.example.invalid/"));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }
}
