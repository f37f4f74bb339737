package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Bundle;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.canvas.fhir.Location;
import clinic.scheduling.canvas.fhir.OperationOutcome;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.canvas.fhir.Slot;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.HttpDate;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.token.AccessTokens;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Runs the real client of Canvas on Java objects instead of HTTP, for the simulation. */
public final class SimulatedCanvas {
  private static final int PAGE = PagedSearch.PAGE;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private SimulatedCanvas() {}

  /**
   * Gives the answers of Canvas. A method may throw {@link Refusal}, or {@link
   * jakarta.ws.rs.ProcessingException} if no answer arrives.
   */
  public interface World {

    String token();

    /** How long a token is valid, according to the token endpoint. */
    Duration tokenLife();

    Optional<Appointment> appointment(String bearer, String id);

    Optional<Patient> patient(String bearer, String id);

    /**
     * The appointments of a practitioner that start in {@code [from, to)}, in UTC days, sorted by
     * start.
     */
    List<Appointment> appointments(
        String bearer, String practitioner, LocalDate from, LocalDate to);

    /** The appointments of a patient that start on a UTC day or later. */
    List<Appointment> appointmentsOfPatient(String bearer, String patient, LocalDate from);

    /** The appointments that carry an identifier. */
    default List<Appointment> appointmentsByIdentifier(String bearer, String value) {
      throw new UnsupportedOperationException();
    }

    /** Creates an appointment, and returns its id. */
    default String create(String bearer, Appointment appointment) {
      throw new UnsupportedOperationException();
    }

    /**
     * Replaces an appointment.
     *
     * @param unmodifiedSince refuse with 412 if the appointment has changed after this second
     */
    default void update(
        String bearer, Instant unmodifiedSince, String id, Appointment appointment) {
      throw new UnsupportedOperationException();
    }

    /** The time by Canvas's own clock; empty if its answers do not say. */
    default Optional<Instant> now() {
      return Optional.empty();
    }
  }

  /**
   * An answer with this error status. If {@code retryAfter} is 0, the answer has no such header.
   */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final int retryAfter;
    private final String text;

    public Refusal(int status, int retryAfter) {
      this(status, retryAfter, "");
    }

    private Refusal(int status, int retryAfter, String text) {
      super(null, null, false, false);
      this.status = status;
      this.retryAfter = retryAfter;
      this.text = text;
    }

    /** 422: another appointment has the time, and double booking is off. */
    public static Refusal ofTakenTime() {
      return new Refusal(422, 0, "This appointment time is no longer available.");
    }
  }

  public static Canvas on(World world, Clock clock) {
    AccessTokens tokens =
        new AccessTokens(
            () -> new AccessTokens.Issued(new Secret(world.token()), world.tokenLife()), clock);
    return new Canvas(
        new Api(world), new CanvasCalls(tokens, new CallBudget(clock), LONGEST, clock), clock);
  }

  private record Api(World world) implements FhirApi {

    @Override
    public Uni<RestResponse<Appointment>> appointment(String bearer, String id) {
      return Uni.createFrom()
          .item(
              () -> {
                RestResponse<Appointment> read = found(() -> world.appointment(bearer, id));
                return world
                    .now()
                    .map(
                        now ->
                            RestResponse.ResponseBuilder.ok(read.getEntity())
                                .header("Date", HttpDate.text(now))
                                .build())
                    .orElse(read);
              });
    }

    @Override
    public Uni<RestResponse<Patient>> patient(String bearer, String id) {
      return Uni.createFrom().item(() -> found(() -> world.patient(bearer, id)));
    }

    @Override
    public Uni<RestResponse<Bundle<Appointment>>> appointments(
        String bearer, MultivaluedMap<String, String> query) {
      return Uni.createFrom().item(() -> found(bearer, query));
    }

    private RestResponse<Bundle<Appointment>> found(
        String bearer, MultivaluedMap<String, String> query) {
      if (query.containsKey("identifier")) {
        String identifier = query.getFirst("identifier");
        String value = identifier.substring(identifier.indexOf('|') + 1);
        return bundle(answered(() -> world.appointmentsByIdentifier(bearer, value)));
      }
      List<String> dates = query.get("date");
      if (query.containsKey("patient")) {
        String patient = query.getFirst("patient").substring("Patient/".length());
        return bundle(
            answered(() -> world.appointmentsOfPatient(bearer, patient, date(dates.get(0)))));
      }
      String who = query.getFirst("practitioner").substring("Practitioner/".length());
      int from = Integer.parseInt(Optional.ofNullable(query.getFirst("_offset")).orElse("0"));
      List<Appointment> all =
          answered(() -> world.appointments(bearer, who, date(dates.get(0)), date(dates.get(1))));
      List<Bundle.Entry<Appointment>> page =
          all.stream().skip(from).limit(PAGE).map(Bundle.Entry::new).toList();
      List<Bundle.Link> links =
          from + PAGE < all.size()
              ? List.of(new Bundle.Link("next", next(who, dates, from + PAGE)))
              : List.of();
      return RestResponse.ok(new Bundle<>(all.size(), links, page));
    }

    private static RestResponse<Bundle<Appointment>> bundle(List<Appointment> all) {
      return RestResponse.ok(
          new Bundle<>(all.size(), List.of(), all.stream().map(Bundle.Entry::new).toList()));
    }

    private static String next(String who, List<String> dates, int from) {
      return "/Appointment?practitioner=Practitioner%2F"
          + who
          + "&date="
          + dates.get(0)
          + "&date="
          + dates.get(1)
          + "&_sort=date&_count=100&_offset="
          + from;
    }

    private static LocalDate date(String condition) {
      return LocalDate.parse(condition.substring(2));
    }

    private static <T> RestResponse<T> found(Supplier<Optional<T>> read) {
      return answered(read).map(RestResponse::ok).orElseThrow(() -> notFound());
    }

    private static <T> T answered(Supplier<T> read) {
      try {
        return read.get();
      } catch (Refusal e) {
        Response.ResponseBuilder answer = Response.status(e.status);
        if (!e.text.isEmpty()) {
          OperationOutcome.Details details = new OperationOutcome.Details(e.text);
          answer.entity(
              new OperationOutcome(List.of(new OperationOutcome.Issue("business-rule", details))));
        }
        throw new WebApplicationException(
            (e.retryAfter == 0 ? answer : answer.header("Retry-After", e.retryAfter)).build());
      }
    }

    @Override
    public Uni<RestResponse<Bundle<Schedule>>> schedules(
        String bearer, MultivaluedMap<String, String> query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Bundle<Slot>>> slots(
        String bearer, MultivaluedMap<String, String> query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Bundle<Practitioner>>> practitioners(
        String bearer, MultivaluedMap<String, String> query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Bundle<Location>>> locations(
        String bearer, MultivaluedMap<String, String> query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Bundle<Patient>>> patients(
        String bearer, MultivaluedMap<String, String> query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Void>> create(String bearer, Patient patient) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Void>> create(String bearer, Appointment appointment) {
      return Uni.createFrom()
          .item(
              () -> {
                String id = answered(() -> world.create(bearer, appointment));
                return RestResponse.ResponseBuilder.<Void>create(201)
                    .header("Location", "http://canvas.example.invalid/Appointment/" + id)
                    .build();
              });
    }

    @Override
    public Uni<RestResponse<Void>> create(String bearer, Communication message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<RestResponse<Void>> update(
        String bearer, @Nullable String unmodifiedSince, String id, Appointment appointment) {
      return Uni.createFrom()
          .item(
              () -> {
                Instant since =
                    unmodifiedSince == null
                        ? Instant.MAX
                        : ZonedDateTime.parse(unmodifiedSince, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
                answered(
                    () -> {
                      world.update(bearer, since, id, appointment);
                      return id;
                    });
                return RestResponse.ok();
              });
    }
  }

  private static WebApplicationException notFound() {
    OperationOutcome said =
        new OperationOutcome(List.of(new OperationOutcome.Issue("not-found", null)));
    return new WebApplicationException(Response.status(404).entity(said).build());
  }
}
