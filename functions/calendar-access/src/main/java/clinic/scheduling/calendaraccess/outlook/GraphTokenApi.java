package clinic.scheduling.calendaraccess.outlook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * Entra's token endpoint. We use the grant for client credentials, with a secret ({@code
 * docs/facts/outlook.md} 1).
 */
@RegisterRestClient(configKey = "graph-token")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
interface GraphTokenApi {

  @POST
  Token token(
      @FormParam("grant_type") String grantType,
      @FormParam("scope") String scope,
      @FormParam("client_id") String clientId,
      @FormParam("client_secret") String clientSecret);

  /**
   * The answer of the endpoint.
   *
   * @param expiresIn the lifetime of the token in seconds
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_in") long expiresIn) {
    @Override
    public String toString() {
      return "[secret]";
    }
  }
}
