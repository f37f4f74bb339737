package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The token endpoint for service accounts: the JWT-bearer grant (RFC 7523) with domain-wide
 * delegation. It checks signature, audience, expiry, scope and user.
 */
final class GoogleTokens {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String REAL_AUDIENCE = "https://oauth2.googleapis.com/token";
  private static final long LONGEST_SECONDS = 3600;
  private static final long SKEW_SECONDS = 60;

  private final Supplier<ServiceAccount> account;
  private final BearerTokens tokens;
  private final Clock clock;
  private final String tokenUri;
  private final Delegation delegation;
  private final Predicate<String> users;

  GoogleTokens(
      Supplier<ServiceAccount> account,
      BearerTokens tokens,
      Clock clock,
      String tokenUri,
      Delegation delegation,
      Predicate<String> users) {
    this.account = account;
    this.tokens = tokens;
    this.clock = clock;
    this.tokenUri = tokenUri;
    this.delegation = delegation;
    this.users = users;
  }

  Reply handle(Call call) {
    if (!call.method().equals("POST")
        || !call.form().getOrDefault("grant_type", List.of()).equals(List.of(GRANT))) {
      return refusal(400, "unsupported_grant_type", "Invalid grant_type");
    }
    String[] parts = call.form().getOrDefault("assertion", List.of("")).get(0).split("\\.", -1);
    try {
      return parts.length == 3
          ? answer(parts)
          : refusal(400, "invalid_grant", "Bad assertion: not a JWT");
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return refusal(400, "invalid_grant", "Bad assertion: not base64url of JSON");
    }
  }

  private Reply answer(String[] parts) throws JsonProcessingException {
    JsonNode header = Json.read(text(parts[0]));
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    boolean rs256 = header.path("alg").asText().equals("RS256");
    if (!rs256 || !account.get().signed(signed, Base64.getUrlDecoder().decode(parts[2]))) {
      return refusal(400, "invalid_grant", "Invalid JWT Signature.");
    }
    return answer(Json.read(text(parts[1])));
  }

  private Reply answer(JsonNode claims) {
    long now = clock.instant().getEpochSecond();
    long issued = claims.path("iat").asLong(-1);
    long expires = claims.path("exp").asLong(-1);
    String audience = claims.path("aud").asText();
    String user = claims.path("sub").asText(account.get().email());
    if (!claims.path("iss").asText().equals(account.get().email())) {
      return refusal(400, "invalid_grant", "Invalid issuer: unknown service account");
    }
    if (!audience.equals(tokenUri) && !audience.equals(REAL_AUDIENCE)) {
      return refusal(400, "invalid_grant", "Failed audience check.");
    }
    if (issued < 0
        || issued > now + SKEW_SECONDS
        || expires <= now - SKEW_SECONDS
        || expires - issued > LONGEST_SECONDS
        || expires <= issued) {
      return refusal(
          400,
          "invalid_grant",
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe. Check your iat and exp values in the JWT claim.");
    }
    Set<String> scopes = Set.copyOf(Arrays.asList(claims.path("scope").asText().split(" ", -1)));
    if (!delegation.knows(scopes)) {
      return refusal(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }
    if (!delegation.allows(scopes)) {
      return refusal(
          401,
          "unauthorized_client",
          "Client is unauthorized to retrieve access tokens using this method, or client not"
              + " authorized for any of the scopes requested.");
    }
    if (!user.equals(account.get().email()) && !users.test(user)) {
      return refusal(400, "invalid_grant", "Invalid email or User ID");
    }
    return Reply.json(
        200,
        Json.object()
            .put("access_token", tokens.issue(user, scopes))
            .put("expires_in", tokens.lifeSeconds())
            .put("token_type", "Bearer")
            .toString());
  }

  private static Reply refusal(int status, String error, String description) {
    return Reply.json(
        status, Json.object().put("error", error).put("error_description", description).toString());
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
