package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.AccessToken;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** {@code /Appointment}: create, read, update, search. */
public final class AppointmentResource implements FhirResource {
  private static final Pattern HTTP_DATE =
      Pattern.compile("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");

  private static final String TYPE = "Appointment";

  private final Clock clock;
  private final Appointments appointments;
  private final Toggles toggles;
  private final FhirReplies answers;

  public AppointmentResource(
      Clock clock, Appointments appointments, Toggles toggles, FhirReplies answers) {
    this.clock = clock;
    this.appointments = appointments;
    this.toggles = toggles;
    this.answers = answers;
  }

  @Override
  public Reply search(FhirCall call) {
    for (String patient : call.all("patient")) {
      call.token().requirePatient(patient.replace("Patient/", ""));
    }
    List<AppointmentHistory.Version> visible =
        candidates(call).stream()
            .map(entry -> shown(entry, call))
            .filter(version -> mine(version, call.token()))
            .toList();
    return FhirReplies.ok(SearchSet.page(call, AppointmentSearch.of(call, visible)));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    AppointmentHistory.Version version = shown(find(id), call);
    requireMine(version, call);
    return FhirReplies.ok(version.document());
  }

  @Override
  public Reply create(FhirCall call) {
    ObjectNode body = call.body(AppointmentSchema.ofCreate());
    requirePatientOf(body, call);
    return answers.created(TYPE, appointments.create(body).id());
  }

  @Override
  public Reply update(FhirCall call, String id) {
    ObjectNode body = call.body(AppointmentSchema.ofUpdate());
    if (!body.path("id").asText().equals(id)) {
      throw FhirException.idMismatch();
    }
    AppointmentHistory entry = find(id);
    requireMine(entry.now(), call);
    requireUnmodified(call, entry);
    boolean allowed = toggles.text(Toggle.UPDATE_OF_CANCELLED).equals("allowed");
    if (entry.now().status().equals("cancelled") && !allowed) {
      throw FhirException.unprocessable();
    }
    appointments.update(entry, body);
    return answers.updated(TYPE, id);
  }

  private Collection<AppointmentHistory> candidates(FhirCall call) {
    return call.first("practitioner")
        .map(reference -> appointments.of(reference.replace("Practitioner/", "")))
        .orElseGet(appointments::all);
  }

  private AppointmentHistory find(String id) {
    return appointments.find(id).orElseThrow(() -> FhirException.unknown(TYPE, id));
  }

  /** The version that a read returns now: the latest, or an older one if reads lag. */
  private AppointmentHistory.Version shown(AppointmentHistory entry, FhirCall call) {
    if (call.stale()) {
      return entry.beforeLastChange();
    }
    Instant seen = clock.instant().minusSeconds(toggles.number(Toggle.READ_LAG_SECONDS));
    return entry.at(seen).orElseGet(entry::beforeLastChange);
  }

  private static void requireUnmodified(FhirCall call, AppointmentHistory entry) {
    call.http()
        .header("If-Unmodified-Since")
        .map(AppointmentResource::httpDate)
        .filter(date -> entry.now().at().truncatedTo(ChronoUnit.SECONDS).isAfter(date))
        .ifPresent(
            date -> {
              throw FhirException.changedSince();
            });
  }

  /**
   * Parses the form that senders must generate (RFC 9110 section 5.6.7). A one-digit day is
   * invalid.
   */
  private static Instant httpDate(String header) {
    try {
      if (!HTTP_DATE.matcher(header).matches()) {
        throw FhirException.badRequest();
      }
      return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw FhirException.badRequest();
    }
  }

  private static boolean mine(AppointmentHistory.Version version, AccessToken token) {
    return token.patient().isEmpty() || token.patient().equals(version.patient());
  }

  private static void requireMine(AppointmentHistory.Version version, FhirCall call) {
    if (!mine(version, call.token())) {
      throw FhirException.forbidden();
    }
  }

  private static void requirePatientOf(ObjectNode body, FhirCall call) {
    body.path("participant")
        .valueStream()
        .map(participant -> participant.path("actor").path("reference").asText())
        .filter(reference -> reference.startsWith("Patient/"))
        .forEach(reference -> call.token().requirePatient(reference.substring(8)));
  }
}
