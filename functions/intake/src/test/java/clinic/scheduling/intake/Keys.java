package clinic.scheduling.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration of the tests: two secrets and two tokens, newest first, the senders' secret,
 * and a practice that allows bearer tokens.
 */
public final class Keys implements QuarkusTestResourceLifecycleManager {
  static final String NEW = "whsec_bmV3ZXN0LW5ld2VzdC1uZXdlc3QtbmV3ZXN0";
  static final String OLD = "whsec_b2xkZXN0LW9sZGVzdC1vbGRlc3Qtb2xkZXN0";
  static final String OF_SENDERS = "whsec_c3ludGhldGljLXNlY3JldC1mb3ItdGVzdHMtb25seQ==";
  static final String NEW_TOKEN = "synthetic-token-of-now-0123456789";
  static final String OLD_TOKEN = "synthetic-token-of-old-0123456789";

  @Override
  public Map<String, String> start() {
    return Map.of(
        "WEBHOOK_SECRETS",
        NEW + "," + OLD + "," + OF_SENDERS,
        "WEBHOOK_BEARER_TOKENS",
        NEW_TOKEN + ", " + OLD_TOKEN,
        "PRACTICE",
        practiceThatAllowsTokens().toString(),
        "TABLE_NAME",
        "none");
  }

  private static Path practiceThatAllowsTokens() {
    ObjectMapper mapper = new ObjectMapper();
    Path file = Path.of("target", "practice-with-tokens.json").toAbsolutePath();
    try {
      ObjectNode practice =
          (ObjectNode) mapper.readTree(Path.of("../../infra/practice.example.json").toFile());
      practice.putObject("webhooks").put("bearer", true);
      mapper.writeValue(file.toFile(), practice);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  @Override
  public void stop() {}
}
