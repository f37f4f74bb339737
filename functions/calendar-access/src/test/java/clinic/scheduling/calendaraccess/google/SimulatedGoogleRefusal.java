package clinic.scheduling.calendaraccess.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Throws what a REST client throws when Google refuses a call, for the simulation. */
public final class SimulatedGoogleRefusal {
  private SimulatedGoogleRefusal() {}

  public static WebApplicationException of(int status, String body) {
    try {
      GoogleRefusal.Answer answer = new ObjectMapper().readValue(body, GoogleRefusal.Answer.class);
      return new WebApplicationException(Response.status(status).entity(answer).build());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
