package clinic.scheduling.intake;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.wiring.SecretReferences;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Verifies the bearer token (RFC 6750) of a sender that cannot sign, such as the Workflow Kit
 * protocol ({@code docs/facts/canvas.md} 5.1). A token is valid only if it is configured and the
 * practice document allows {@code webhooks.bearer}. We compare the token's digest with the digests
 * of all configured tokens, in constant time. So neither the time taken nor the length of a token
 * tells an attacker anything.
 */
@Singleton
class BearerTokens {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{32,256}=*");

  private final List<byte[]> digests;
  private final BooleanSupplier allowed;

  /**
   * @param practice the practice document, which is loaded only after a token has matched
   */
  @Inject
  BearerTokens(IntakeSettings settings, SecretReferences references, Instance<Practice> practice) {
    this(
        settings.bearerTokens().map(references::resolve), () -> practice.get().webhooks().bearer());
  }

  BearerTokens(Optional<String> tokens, BooleanSupplier allowed) {
    this.digests =
        tokens.filter(list -> !list.isBlank()).stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .map(String::strip)
            .map(BearerTokens::checked)
            .map(BearerTokens::digest)
            .toList();
    this.allowed = allowed;
  }

  boolean isAccepted(String token) {
    byte[] presented = digest(token);
    boolean good = false;
    for (byte[] digest : digests) {
      good |= MessageDigest.isEqual(digest, presented);
    }
    return good && allowed.getAsBoolean();
  }

  private static String checked(String token) {
    if (!FORM.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "WEBHOOK_BEARER_TOKENS: a token is not 32 to 256 letters, digits or -._~+/");
    }
    return token;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
