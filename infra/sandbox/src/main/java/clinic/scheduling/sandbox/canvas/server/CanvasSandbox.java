package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.Ids;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.appointments.AppointmentResource;
import clinic.scheduling.sandbox.canvas.appointments.Appointments;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import clinic.scheduling.sandbox.canvas.appointments.NoteApi;
import clinic.scheduling.sandbox.canvas.faults.Faults;
import clinic.scheduling.sandbox.canvas.faults.ReplyDelay;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirRouter;
import clinic.scheduling.sandbox.canvas.fhir.OperationOutcome;
import clinic.scheduling.sandbox.canvas.fhir.TokenEndpoint;
import clinic.scheduling.sandbox.canvas.notices.Notifier;
import clinic.scheduling.sandbox.canvas.patients.CommunicationResource;
import clinic.scheduling.sandbox.canvas.patients.PatientResource;
import clinic.scheduling.sandbox.canvas.patients.Patients;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import clinic.scheduling.sandbox.canvas.practice.LocationResource;
import clinic.scheduling.sandbox.canvas.practice.PractitionerResource;
import clinic.scheduling.sandbox.canvas.practice.ScheduleResource;
import clinic.scheduling.sandbox.canvas.slots.FreeTime;
import clinic.scheduling.sandbox.canvas.slots.SlotResource;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The stand-in for Canvas: what a client can observe of it (docs/facts/canvas.md), and nothing that
 * Canvas does not offer. One lock guards all state, which is in memory.
 */
public final class CanvasSandbox implements StandIn {
  /** The client id that the token endpoint accepts. */
  public static final String CLIENT_ID = "test-client";

  public static final String CLIENT_SECRET = "test-secret";

  private final Object lock = new Object();
  private final Toggles toggles = new Toggles();
  private final OperationOutcome outcome = new OperationOutcome(toggles);
  private final Faults faults = new Faults(outcome);
  private final Notifier notifier;
  private final TokenEndpoint tokens;
  private final Directory directory;
  private final Patients patients;
  private final Appointments appointments;
  private final FrontDesk desk;
  private final FhirRouter fhir;
  private final NoteApi notes;
  private final ReplyDelay pace = new ReplyDelay(toggles);

  /**
   * Builds the instance.
   *
   * @param server the address of the server that {@link #mount} gets
   */
  public CanvasSandbox(Clock clock, World world, URI server) {
    Ids ids = new Ids(world.ids());
    notifier = new Notifier(clock);
    tokens = new TokenEndpoint(clock, CLIENT_ID, CLIENT_SECRET);
    directory = new Directory(world);
    patients = new Patients(ids, toggles);
    world.patients().forEach(patients::keep);
    appointments = new Appointments(clock, ids, directory, patients, toggles, notifier::announce);
    desk = new FrontDesk(lock, appointments, directory, patients, toggles);
    notes = new NoteApi(tokens, appointments, desk);
    FhirReplies answers = new FhirReplies(toggles, server + "/canvas");
    fhir =
        new FhirRouter(
            lock,
            tokens,
            Map.of(
                "Schedule", new ScheduleResource(directory, toggles),
                "Slot",
                    new SlotResource(
                        clock,
                        directory,
                        new FreeTime(clock, directory, appointments, toggles),
                        toggles),
                "Location", new LocationResource(directory),
                "Practitioner", new PractitionerResource(directory),
                "Patient", new PatientResource(patients, answers),
                "Appointment", new AppointmentResource(clock, appointments, toggles, answers),
                "Communication", new CommunicationResource(clock, ids, answers)));
  }

  @Override
  public void mount(Server server) {
    server.mount("/canvas", this::answer);
    server.mount("/canvas-auth", call -> faults.around(authPath(call), stale -> auth(call)));
  }

  /** What staff do in Canvas itself. */
  public FrontDesk frontDesk() {
    return desk;
  }

  public Toggles toggles() {
    return toggles;
  }

  public Faults faults() {
    return faults;
  }

  public Notifier notifications() {
    return notifier;
  }

  /**
   * Changes the notification switches that a JSON object names, such as {@code
   * {"subscribers":["http://…"],"secret":"whsec_…","repeats":2}}; the others stay.
   *
   * @throws IllegalArgumentException for an unknown switch or an impossible value
   */
  public void notifications(String changes) {
    try {
      NotificationsJson.change(notifier, Json.parse(changes));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Replaces the practice and removes all appointments. Tokens and settings stay. */
  public void become(World world) {
    synchronized (lock) {
      directory.become(world);
      appointments.clear();
      patients.clear();
      world.patients().forEach(patients::keep);
    }
  }

  /** Adds open or closed hours. */
  public void addToCalendar(CalendarEvent event) {
    directory.calendar().add(event);
  }

  /** Invalidates every token. */
  public void revokeTokens() {
    tokens.revokeAll();
  }

  /** How many patients there are. */
  public int patientCount() {
    synchronized (lock) {
      return patients.all().size();
    }
  }

  /** The JSON of every appointment as a FHIR read returns it now, in order of creation. */
  public List<String> appointmentTexts() {
    synchronized (lock) {
      return appointments.all().stream().map(entry -> Json.write(entry.now().document())).toList();
    }
  }

  @Override
  public void close() {
    notifier.close();
  }

  /**
   * Answers a call below {@code /canvas}, as if it had come over HTTP.
   *
   * @throws clinic.scheduling.sandbox.http.CutOff if the fault is that there is no answer
   */
  public Reply answer(Call call) throws Exception {
    if (call.path().equals("/auth/token/")) {
      return faults.around(call, stale -> tokens.token(call));
    }
    return pace.kept(() -> correlated(faults.around(call, stale -> guarded(call, stale))));
  }

  private Reply guarded(Call call, boolean stale) {
    try {
      if (call.path().startsWith(NoteApi.PREFIX)) {
        synchronized (lock) {
          return notes.handle(call);
        }
      }
      return fhir.handle(call, stale);
    } catch (FhirException refusal) {
      return outcome.of(refusal);
    }
  }

  private Reply auth(Call call) {
    return call.path().equals("/token/") ? tokens.token(call) : Reply.empty(404);
  }

  /** Both addresses of the token endpoint have one path here, so that one fault matches both. */
  private static Call authPath(Call call) {
    return new Call(
        call.method(),
        "/auth" + call.path(),
        call.rawPath(),
        call.rawQuery(),
        call.headers(),
        call.body());
  }

  private static Reply correlated(Reply reply) {
    return reply.with("fumage-correlation-id", UUID.randomUUID().toString());
  }
}
