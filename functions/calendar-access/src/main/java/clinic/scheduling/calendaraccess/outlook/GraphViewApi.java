package clinic.scheduling.calendaraccess.outlook;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Graph's {@code calendarView}, which expands recurring meetings (docs/facts/outlook.md 3). */
@RegisterRestClient(configKey = "graph-view")
@Path("/users/{address}/calendarView")
@Produces(MediaType.APPLICATION_JSON)
interface GraphViewApi {

  /**
   * @param start as {@code end} an instant
   * @param expand makes Graph return the property with our stamp
   */
  @GET
  GraphView view(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Prefer") String prefer,
      @PathParam("address") String address,
      @QueryParam("startDateTime") String start,
      @QueryParam("endDateTime") String end,
      @QueryParam("$select") String select,
      @QueryParam("$expand") String expand,
      @QueryParam("$top") int top);
}
