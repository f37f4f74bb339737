package clinic.scheduling.calendars.google;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The methods of Google Calendar v3 {@code events} that we use ({@code docs/facts/google.md} 2).
 */
@RegisterRestClient(configKey = "google")
@Path("/calendars/{calendar}/events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface GoogleApi {

  @POST
  GoogleEvent insert(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @QueryParam("sendUpdates") String sendUpdates,
      GoogleEvent event);

  @GET
  @Path("/{event}")
  GoogleEvent get(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @PathParam("event") String event);

  @GET
  GooglePage list(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @BeanParam GoogleSearch search);

  @GET
  MeetingPage meetings(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @BeanParam MeetingQuery query);

  @GET
  @Path("/{event}/instances")
  MeetingPage instances(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @PathParam("event") String series,
      @BeanParam InstancesQuery query);

  @PATCH
  @Path("/{event}")
  GoogleEvent patch(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @PathParam("event") String event,
      @QueryParam("sendUpdates") String sendUpdates,
      GoogleEvent change);

  @DELETE
  @Path("/{event}")
  void delete(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @PathParam("event") String event,
      @QueryParam("sendUpdates") String sendUpdates);
}
