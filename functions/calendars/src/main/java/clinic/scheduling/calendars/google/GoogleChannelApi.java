package clinic.scheduling.calendars.google;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The methods of Google Calendar v3 for push channels ({@code docs/facts/google.md} 4). */
@RegisterRestClient(configKey = "google")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface GoogleChannelApi {

  @POST
  @Path("/calendars/{calendar}/events/watch")
  GoogleChannel watch(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      GoogleChannel channel);

  @POST
  @Path("/channels/stop")
  void stop(@HeaderParam("Authorization") String bearer, GoogleChannel channel);
}
