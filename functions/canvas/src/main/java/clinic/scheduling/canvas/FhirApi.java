package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Bundle;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.canvas.fhir.Location;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.canvas.fhir.Slot;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The FHIR endpoints of Canvas (docs/facts/canvas.md 1.2), one method for each interaction. A call
 * is made when its result is awaited.
 */
@RegisterRestClient(configKey = "canvas")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface FhirApi {

  @GET
  @Path("/Schedule")
  Uni<RestResponse<Bundle<Schedule>>> schedules(
      @HeaderParam("Authorization") String bearer, @RestQuery MultivaluedMap<String, String> query);

  @GET
  @Path("/Slot")
  Uni<RestResponse<Bundle<Slot>>> slots(
      @HeaderParam("Authorization") String bearer, @RestQuery MultivaluedMap<String, String> query);

  @GET
  @Path("/Practitioner")
  Uni<RestResponse<Bundle<Practitioner>>> practitioners(
      @HeaderParam("Authorization") String bearer, @RestQuery MultivaluedMap<String, String> query);

  @GET
  @Path("/Location")
  Uni<RestResponse<Bundle<Location>>> locations(
      @HeaderParam("Authorization") String bearer, @RestQuery MultivaluedMap<String, String> query);

  @GET
  @Path("/Patient")
  Uni<RestResponse<Bundle<Patient>>> patients(
      @HeaderParam("Authorization") String bearer, @RestQuery MultivaluedMap<String, String> query);

  @GET
  @Path("/Patient/{id}")
  Uni<RestResponse<Patient>> patient(
      @HeaderParam("Authorization") String bearer, @PathParam("id") String id);

  @POST
  @Path("/Patient")
  Uni<RestResponse<Void>> create(@HeaderParam("Authorization") String bearer, Patient patient);

  @GET
  @Path("/Appointment")
  Uni<RestResponse<Bundle<Appointment>>> appointments(
      @HeaderParam("Authorization") String bearer, @RestQuery MultivaluedMap<String, String> query);

  @GET
  @Path("/Appointment/{id}")
  Uni<RestResponse<Appointment>> appointment(
      @HeaderParam("Authorization") String bearer, @PathParam("id") String id);

  @POST
  @Path("/Appointment")
  Uni<RestResponse<Void>> create(
      @HeaderParam("Authorization") String bearer, Appointment appointment);

  @POST
  @Path("/Communication")
  Uni<RestResponse<Void>> create(
      @HeaderParam("Authorization") String bearer, Communication message);

  @PUT
  @Path("/Appointment/{id}")
  Uni<RestResponse<Void>> update(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("If-Unmodified-Since") @Nullable String unmodifiedSince,
      @PathParam("id") String id,
      Appointment appointment);
}
