package clinic.scheduling.calendaraccess.google;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Google's {@code events.list} (docs/facts/google.md 2). */
@RegisterRestClient(configKey = "google-list")
@Path("/calendars/{calendar}/events")
@Produces(MediaType.APPLICATION_JSON)
interface GoogleListApi {

  /**
   * @param singleEvents whether recurring events are expanded
   * @param maxAttendees with 1, only the owner of the calendar is listed
   * @param fields the fields to return
   */
  @GET
  GoogleList list(
      @HeaderParam("Authorization") String bearer,
      @PathParam("calendar") String calendar,
      @QueryParam("timeMin") String timeMin,
      @QueryParam("timeMax") String timeMax,
      @QueryParam("singleEvents") boolean singleEvents,
      @QueryParam("maxAttendees") int maxAttendees,
      @QueryParam("maxResults") int maxResults,
      @QueryParam("fields") String fields);
}
