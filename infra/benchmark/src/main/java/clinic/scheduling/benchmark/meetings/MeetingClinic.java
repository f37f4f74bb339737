package clinic.scheduling.benchmark.meetings;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.OutsideCalls;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A clinic whose clinicians have one calendar each, in both directions: visits are shown in it, and
 * its meetings block time in Canvas.
 */
final class MeetingClinic implements AutoCloseable {
  /** The function that makes meetings block time. */
  static final String FUNCTION = "MirrorMeetings";

  /** Every call to Canvas, Outlook and Google takes so long. */
  static final int CALL_MILLIS = 20;

  private static final String QUEUE = "calendar-changes";
  private static final String DEAD = QUEUE + "-dead-letters";
  private static final int QUIET_CHECKS = 5;
  private static final long CHECK_MILLIS = 100;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final BenchmarkClinic clinic;
  private final List<MeetingCalendar> calendars;
  private final Clock clock;

  private MeetingClinic(BenchmarkClinic clinic, List<MeetingCalendar> calendars, Clock clock) {
    this.clinic = clinic;
    this.calendars = calendars;
    this.clock = clock;
  }

  /** A meeting as a calendar has it. */
  record Meeting(MeetingCalendar calendar, String id, Instant start) {}

  static MeetingClinic start(Settings settings, int clinicians, int processes, Clock clock)
      throws IOException, InterruptedException {
    List<MeetingCalendar> calendars =
        IntStream.rangeClosed(1, clinicians).mapToObj(MeetingCalendar::new).toList();
    BenchmarkClinic clinic =
        BenchmarkClinic.large(settings, clinicians, processes, practice(calendars), clock);
    MeetingClinic started = new MeetingClinic(clinic, calendars, clock);
    try {
      for (MeetingCalendar calendar : calendars) {
        started.post(calendar.opened(), "", 204);
      }
      // The stand-ins add nothing to the time until a provider tells of a change.
      started.post("/graph-control/notices", "{\"delayMs\":0}", 200);
      clinic.pace(CALL_MILLIS);
      return started;
    } catch (IOException | InterruptedException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static String practice(List<MeetingCalendar> calendars) throws IOException {
    ObjectNode practice = (ObjectNode) JSON.readTree(LargeWorld.practice(calendars.size()));
    practice
        .putObject("meetings")
        .putObject("eventType")
        .put("system", "http://snomed.info/sct")
        .put("code", "272379006")
        .put("display", "Generic event");
    for (MeetingCalendar calendar : calendars) {
      ((ObjectNode) practice.path("practitioners").get(calendar.clinician() - 1))
          .putArray("calendars")
          .addObject()
          .put("provider", calendar.providerName())
          .put("address", calendar.address())
          .put("policy", "busy")
          .put("direction", "both");
    }
    return practice.toString();
  }

  BenchmarkClinic clinic() {
    return clinic;
  }

  List<MeetingCalendar> calendars() {
    return calendars;
  }

  OutsideCalls calls() {
    return clinic.calls();
  }

  /** Opens the subscriptions and channels, as the schedule does each hour. */
  void watchCalendars() throws IOException, InterruptedException {
    post("/local/run/renewals", "{}", 200);
  }

  /** A person puts a meeting into a calendar. */
  Meeting make(MeetingCalendar calendar, Instant start, Duration length)
      throws IOException, InterruptedException {
    return make(calendar, start, content(calendar, start, length));
  }

  /** A person puts a meeting into a calendar that recurs every day. */
  Meeting makeDaily(MeetingCalendar calendar, Instant start, Duration length, int days)
      throws IOException, InterruptedException {
    ObjectNode content = content(calendar, start, length);
    if (calendar.provider() == Provider.OUTLOOK) {
      ObjectNode recurrence = content.putObject("recurrence");
      recurrence.putObject("pattern").put("type", "daily").put("interval", 1);
      recurrence
          .putObject("range")
          .put("type", "numbered")
          .put("startDate", LOCAL.format(start).substring(0, 10))
          .put("recurrenceTimeZone", "UTC")
          .put("numberOfOccurrences", days);
    } else {
      content.putArray("recurrence").add("RRULE:FREQ=DAILY;COUNT=" + days);
    }
    return make(calendar, start, content);
  }

  private Meeting make(MeetingCalendar calendar, Instant start, ObjectNode content)
      throws IOException, InterruptedException {
    HttpResponse<String> made = post(calendar.opened() + "/events", content.toString(), 201);
    return new Meeting(calendar, JSON.readTree(made.body()).path("id").asText(), start);
  }

  private static ObjectNode content(MeetingCalendar calendar, Instant start, Duration length) {
    boolean outlook = calendar.provider() == Provider.OUTLOOK;
    ObjectNode content = JSON.createObjectNode();
    content.put(outlook ? "subject" : "summary", "Meeting");
    content.set("start", time(start, outlook));
    content.set("end", time(start.plus(length), outlook));
    return content;
  }

  private static ObjectNode time(Instant time, boolean outlook) {
    return JSON.createObjectNode()
        .put("dateTime", outlook ? LOCAL.format(time) : time.toString())
        .put("timeZone", "UTC");
  }

  /** The person moves a meeting to an hour later. */
  void moveByAnHour(Meeting meeting) throws IOException, InterruptedException {
    String events = meeting.calendar().opened() + "/events/" + meeting.id();
    if (meeting.calendar().provider() == Provider.OUTLOOK) {
      post(events + "/shift", "{\"minutes\":60}", 200);
    } else {
      String start = meeting.start().plus(Duration.ofHours(1)).toString();
      post(events + "/move", "{\"start\":\"%s\"}".formatted(start), 200);
    }
  }

  /** Queues calendars, as a poll does. */
  void queue(Collection<MeetingCalendar> which) throws IOException, InterruptedException {
    for (MeetingCalendar calendar : which) {
      String change =
          JSON.createObjectNode()
              .put("v", 1)
              .put("provider", calendar.providerName())
              .put("binding", calendar.binding())
              .put("receivedAt", clock.instant().toString())
              .toString();
      clinic.stores().queues().send(QUEUE, change);
    }
  }

  /** Waits until nothing is queued. */
  void awaitQuiet(Duration limit) throws IOException, InterruptedException {
    Instant end = clock.instant().plus(limit);
    for (int quiet = 0; quiet < QUIET_CHECKS; quiet++) {
      Thread.sleep(CHECK_MILLIS);
      if (!clinic.stores().messages(QUEUE).isEmpty()) {
        quiet = -1;
      }
      if (clock.instant().isAfter(end)) {
        throw new IOException("Changes of calendars are still queued after " + limit);
      }
    }
  }

  int deadLetters() {
    return clinic.stores().messages(DEAD).size();
  }

  /** The appointments that take time in Canvas. */
  List<JsonNode> appointments() throws IOException, InterruptedException {
    return JSON.readTree(clinic.appointments())
        .path("appointments")
        .valueStream()
        .filter(one -> !one.path("status").asText().equals("cancelled"))
        .toList();
  }

  /** Whether an appointment is blocked time: it has no patient. */
  static boolean isBlock(JsonNode appointment) {
    return participants(appointment).stream().noneMatch(who -> who.startsWith("Patient/"));
  }

  /** The ids of those who take part, with their types. */
  static List<String> participants(JsonNode appointment) {
    List<String> all = new ArrayList<>();
    appointment.path("participant").forEach(one -> all.add(one.at("/actor/reference").asText()));
    return all;
  }

  long blocks() throws IOException, InterruptedException {
    return appointments().stream().filter(MeetingClinic::isBlock).count();
  }

  /** The most concurrent calls to one mailbox in Outlook so far. */
  int mostConcurrentInOutlook() throws IOException, InterruptedException {
    HttpResponse<String> state =
        clinic.web().send(clinic.web().to(clinic.sandbox(), "/graph-control/state"));
    return JSON.readTree(state.body()).path("mostConcurrent").asInt();
  }

  private HttpResponse<String> post(String path, String body, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = clinic.post(path, body);
    if (answer.statusCode() != expected) {
      throw new IOException("%s: %d %s".formatted(path, answer.statusCode(), answer.body()));
    }
    return answer;
  }

  @Override
  public void close() {
    clinic.close();
  }
}
