package clinic.scheduling.canvas;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/**
 * The OAuth 2.0 token endpoint (RFC 6749 section 4.4), which is on the host of the instance and not
 * on the FHIR host (docs/facts/canvas.md 1.1).
 */
@RegisterRestClient(configKey = "canvas-auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
interface TokenApi {

  /**
   * Requests a token. The request names no scope, so the token gets all scopes of the application.
   */
  @POST
  Uni<Token> token(
      @FormParam("grant_type") String grantType,
      @FormParam("client_id") String clientId,
      @FormParam("client_secret") String clientSecret);

  /**
   * The response of the endpoint.
   *
   * @param expiresIn for how many seconds the token is valid
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Token(
      @JsonProperty("access_token") @Nullable String accessToken,
      @JsonProperty("expires_in") long expiresIn) {

    @Override
    public String toString() {
      return "[secret]";
    }
  }
}
