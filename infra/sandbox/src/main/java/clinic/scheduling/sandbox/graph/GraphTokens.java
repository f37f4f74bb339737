package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import java.util.Optional;
import java.util.regex.Pattern;

/** The client-credentials endpoint of Entra. It accepts any client with a secret, and one scope. */
final class GraphTokens {
  private static final Pattern PATH = Pattern.compile("/[^/]+/oauth2/v2\\.0/token");
  private static final String SCOPE = "https://graph.microsoft.com/.default";

  private final BearerTokens tokens;

  GraphTokens(BearerTokens tokens) {
    this.tokens = tokens;
  }

  static boolean isFor(Call call) {
    return PATH.matcher(call.path()).matches();
  }

  Reply handle(Call call) {
    if (!call.method().equals("POST")
        || !call.header("Content-Type")
            .orElse("")
            .startsWith("application/x-www-form-urlencoded")) {
      return refusal(400, "invalid_request", "AADSTS900144: a POST of a form is needed.");
    }
    if (!field(call, "grant_type").equals(Optional.of("client_credentials"))) {
      return refusal(400, "unsupported_grant_type", "AADSTS70003: client_credentials is needed.");
    }
    if (!field(call, "scope").equals(Optional.of(SCOPE))) {
      return refusal(400, "invalid_scope", "AADSTS1002012: scope must be " + SCOPE + ".");
    }
    Optional<String> client = field(call, "client_id");
    if (client.isEmpty() || field(call, "client_secret").isEmpty()) {
      return refusal(401, "invalid_client", "AADSTS7000216: client_id and client_secret needed.");
    }
    return Reply.json(
        200,
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", tokens.lifeSeconds())
            .put("ext_expires_in", tokens.lifeSeconds())
            .put("access_token", tokens.issue(client.get()))
            .toString());
  }

  static Reply refusal(int status, String error, String description) {
    return Reply.json(
        status, Json.object().put("error", error).put("error_description", description).toString());
  }

  private static Optional<String> field(Call call, String name) {
    return Optional.ofNullable(call.form().get(name))
        .map(values -> values.get(0))
        .filter(value -> !value.isBlank());
  }
}
