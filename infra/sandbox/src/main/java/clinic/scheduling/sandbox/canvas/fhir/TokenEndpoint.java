package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The token endpoint (RFC 6749) and the tokens that it has issued. A token is valid for ten hours;
 * a later token does not invalidate it.
 */
public final class TokenEndpoint {
  static final Duration LIFE = Duration.ofSeconds(36_000);
  private static final List<String> CONFIGURED = List.of("user/*.read", "user/*.write");

  private final Clock clock;
  private final String clientId;
  private final String clientSecret;
  private final Map<String, AccessToken> issued = new ConcurrentHashMap<>();
  private final AtomicInteger machines = new AtomicInteger();
  private final AtomicInteger patients = new AtomicInteger();

  public TokenEndpoint(Clock clock, String clientId, String clientSecret) {
    this.clock = clock;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  public Reply token(Call call) {
    if (!call.method().equals("POST")) {
      return Reply.empty(405);
    }
    boolean isForm =
        call.header("Content-Type")
            .map(type -> type.startsWith("application/x-www-form-urlencoded"))
            .orElse(false);
    return isForm ? token(call.form()) : error(400, "invalid_request");
  }

  /**
   * The token of a call.
   *
   * @throws FhirException 401
   */
  public AccessToken of(Call call) {
    return call.header("Authorization")
        .filter(header -> header.startsWith("Bearer "))
        .map(header -> issued.get(header.substring("Bearer ".length())))
        .filter(token -> clock.instant().isBefore(token.expires()))
        .orElseThrow(FhirException::unauthorized);
  }

  /** Invalidates every token, as a changed secret would. */
  public void revokeAll() {
    issued.clear();
  }

  private Reply token(Map<String, List<String>> form) {
    if (!first(form, "grant_type").equals("client_credentials")) {
      return error(400, "unsupported_grant_type");
    }
    if (!first(form, "client_id").equals(clientId)
        || !first(form, "client_secret").equals(clientSecret)) {
      return error(401, "invalid_client");
    }
    String patient = first(form, "patient");
    String scope = first(form, "scope").strip();
    List<String> scopes = scope.isEmpty() ? List.of() : List.of(scope.split(" +"));
    if (!scopes.stream().allMatch(AccessToken::isScope)) {
      return error(400, "invalid_scope");
    }
    return patient.isEmpty() ? machine(scopes) : patient(patient, scopes);
  }

  private Reply machine(List<String> asked) {
    List<String> scopes = asked.isEmpty() ? CONFIGURED : asked;
    String value = "test-access-token-" + machines.incrementAndGet();
    return issue(new AccessToken(value, clock.instant().plus(LIFE), scopes, Optional.empty()));
  }

  private Reply patient(String patient, List<String> scopes) {
    if (scopes.isEmpty() || !scopes.stream().allMatch(scope -> scope.startsWith("patient/"))) {
      return error(400, "invalid_scope");
    }
    String value = "test-patient-token-" + patients.incrementAndGet();
    return issue(new AccessToken(value, clock.instant().plus(LIFE), scopes, Optional.of(patient)));
  }

  private Reply issue(AccessToken token) {
    issued.put(token.value(), token);
    ObjectNode answer =
        Json.object()
            .put("access_token", token.value())
            .put("expires_in", LIFE.toSeconds())
            .put("token_type", "Bearer")
            .put("scope", String.join(" ", token.scopes()));
    token
        .patient()
        .ifPresent(
            patient ->
                answer
                    .put("smart_style_url", "https://example.invalid/smart-style.json")
                    .put("patient", patient)
                    .put("need_patient_banner", true));
    return Reply.json(200, Json.write(answer));
  }

  private static Reply error(int status, String code) {
    return Reply.json(status, Json.write(Json.object().put("error", code)));
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of("")).get(0);
  }
}
