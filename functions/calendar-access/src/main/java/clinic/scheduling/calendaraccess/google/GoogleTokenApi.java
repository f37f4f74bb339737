package clinic.scheduling.calendaraccess.google;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Google's token endpoint with the JWT-bearer grant (RFC 7523 section 2.1). */
@RegisterRestClient(configKey = "google-token")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
interface GoogleTokenApi {

  @POST
  Token token(@FormParam("grant_type") String grantType, @FormParam("assertion") String assertion);

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
