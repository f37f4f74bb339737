package clinic.scheduling.simulation;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.simulation.PlannedMeeting.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do with the meetings in their calendars. */
final class People {
  private static final ZoneId CLINIC = ZoneId.of("America/Los_Angeles");
  private static final List<ZoneId> ZONES =
      List.of(CLINIC, CLINIC, CLINIC, ZoneId.of("America/New_York"), ZoneId.of("Europe/Berlin"));
  private static final List<String> SHOWN =
      List.of("busy", "busy", "busy", "busy", "tentative", "oof", "free", "workingElsewhere");
  private static final List<String> ANSWERS_OUTLOOK =
      List.of("accepted", "tentativelyAccepted", "declined");
  private static final List<String> ANSWERS_GOOGLE = List.of("accepted", "tentative", "declined");
  private static final List<String> KINDS_GOOGLE =
      List.of("focusTime", "outOfOffice", "workingLocation", "birthday", "fromGmail");
  private static final int MOST_SERIES = 3;
  private static final int DAYS = 12;

  /** More meetings than may always be removed at once. */
  private static final int MANY = 8;

  private final Run run;
  private final MeetingCalendars calendars;
  private final WatchSystem watches;
  private int made;
  private int invitations;
  private @Nullable Provider forgetful;
  private int forgetfulClinician;
  private long forgetfulUntil;

  People(Run run, MeetingCalendars calendars, WatchSystem watches) {
    this.run = run;
    this.calendars = calendars;
    this.watches = watches;
  }

  /** Somebody does something. */
  void act() {
    Provider provider = provider();
    int clinician = clinician();
    int percent = run.random.between(0, 99);
    run.result.count(Counter.CALENDAR_CHANGES);
    if (percent < 16) {
      make(provider, clinician, single(time()));
    } else if (percent < 22) {
      ofAKind(clinician);
    } else if (percent < 32) {
      recur(provider, clinician);
    } else if (percent < 37) {
      make(provider, clinician, wholeDays());
    } else if (percent < 44) {
      invite(clinician);
    } else if (percent < 52) {
      overAVisit(provider, clinician);
    } else if (percent < 66) {
      move(provider, clinician);
    } else if (percent < 72) {
      shorten(provider, clinician);
    } else if (percent < 82) {
      delete(provider, clinician);
    } else if (percent < 88) {
      respond(provider, clinician);
    } else if (percent < 92) {
      copy(provider, clinician);
    } else if (percent < 96) {
      change(provider, clinician, shown(provider, run.random.oneOf(SHOWN)));
    } else {
      cancel(provider, clinician);
    }
  }

  private Provider provider() {
    return run.random.percent(50) ? Provider.OUTLOOK : Provider.GOOGLE;
  }

  private int clinician() {
    return run.random.between(0, run.size.clinicians() - 1);
  }

  // What people plan.

  private LocalDateTime time() {
    LocalDate day = LocalDate.ofInstant(now(), CLINIC).plusDays(run.random.between(0, DAYS));
    return day.atTime(run.random.between(7, 17), 15 * run.random.between(0, 3));
  }

  private Instant now() {
    return Instant.ofEpochMilli(run.time.now());
  }

  private PlannedMeeting single(LocalDateTime start) {
    int kind = run.random.between(0, 19);
    int minutes =
        kind == 0 ? 0 : kind == 1 ? 4 : kind == 2 ? 30 * 60 : 15 * run.random.between(1, 8);
    return new PlannedMeeting(
        "Qanary board",
        start,
        minutes,
        run.random.oneOf(ZONES),
        false,
        run.random.oneOf(SHOWN),
        run.random.percent(10),
        null,
        "");
  }

  private PlannedMeeting wholeDays() {
    LocalDate day = LocalDate.ofInstant(now(), CLINIC).plusDays(run.random.between(1, DAYS));
    return new PlannedMeeting(
        "Qanary away",
        day.atStartOfDay(),
        run.random.between(1, 2) * 24 * 60,
        CLINIC,
        true,
        run.random.percent(50) ? "free" : "oof",
        false,
        null,
        "");
  }

  private PlannedMeeting series() {
    LocalDateTime start = time();
    int kind = run.random.between(0, 3);
    int count = run.random.percent(50) ? run.random.between(3, 9) : 0;
    @Nullable LocalDate until =
        count == 0 && run.random.percent(50)
            ? start.toLocalDate().plusDays(run.random.between(5, 25))
            : null;
    Rule rule;
    if (kind == 0) {
      rule = new Rule("FREQ=DAILY", "{\"type\":\"daily\",\"interval\":1}", count, until);
    } else if (kind < 3) {
      start = start.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
      rule =
          new Rule(
              "FREQ=WEEKLY;BYDAY=MO,TH",
              "{\"type\":\"weekly\",\"interval\":1,\"daysOfWeek\":[\"monday\",\"thursday\"]}",
              count,
              until == null ? null : start.toLocalDate().plusDays(17));
    } else {
      start = start.with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.TUESDAY));
      rule =
          new Rule(
              "FREQ=MONTHLY;BYDAY=2TU",
              "{\"type\":\"relativeMonthly\",\"interval\":1,\"daysOfWeek\":[\"tuesday\"],"
                  + "\"index\":\"second\"}",
              0,
              null);
    }
    return new PlannedMeeting(
        "Qanary rounds",
        start,
        15 * run.random.between(1, 4),
        CLINIC,
        false,
        run.random.oneOf(SHOWN),
        false,
        rule,
        "");
  }

  // What people do.

  private Optional<String> make(Provider provider, int clinician, PlannedMeeting planned) {
    ObjectNode json =
        provider == Provider.OUTLOOK ? planned.outlook() : planned.google("sim" + made++ + "m");
    Optional<JsonNode> answer = act(provider, clinician, "POST", "", json);
    return answer.map(it -> it.path("id").asText());
  }

  /** An event that Google makes itself, or that only Google Calendar can make. */
  private void ofAKind(int clinician) {
    String kind = run.random.oneOf(KINDS_GOOGLE);
    PlannedMeeting planned =
        kind.equals("birthday") || kind.equals("workingLocation") ? wholeDays() : single(time());
    ObjectNode json = planned.google("sim" + made++ + "m").put("eventType", kind);
    act(Provider.GOOGLE, clinician, "POST", "", json)
        .ifPresent(it -> run.result.count(Counter.GOOGLE_KIND));
  }

  private void recur(Provider provider, int clinician) {
    long present = calendars.events(provider, clinician).stream().filter(People::isSeries).count();
    if (present < MOST_SERIES) {
      make(provider, clinician, series());
    }
  }

  /** An invitation that is in both calendars of the clinician. */
  private void invite(int clinician) {
    PlannedMeeting planned = run.random.percent(30) ? series() : single(time());
    String uid = "invitation-" + invitations++ + "@elsewhere.example.invalid";
    PlannedMeeting invitation =
        new PlannedMeeting(
            planned.title(),
            planned.start(),
            planned.minutes(),
            planned.zone(),
            false,
            "busy",
            false,
            planned.rule(),
            uid);
    Optional<String> inOutlook = make(Provider.OUTLOOK, clinician, invitation);
    Optional<String> inGoogle = make(Provider.GOOGLE, clinician, invitation);
    if (inOutlook.isPresent() && inGoogle.isPresent()) {
      run.result.count(Counter.SAME_MEETING_TWICE);
    }
  }

  /** A meeting at the time of a visit: Canvas may refuse its block. */
  private void overAVisit(Provider provider, int clinician) {
    List<Truth.Version> visits =
        run.truth.visits.stream()
            .filter(visit -> visit.block == null)
            .map(Truth.Visit::now)
            .filter(it -> it.practitioner() == clinician && it.isOn())
            .toList();
    if (visits.isEmpty()) {
      return;
    }
    Truth.Version visit = run.random.oneOf(visits);
    LocalDateTime start = LocalDateTime.ofInstant(Instant.ofEpochMilli(visit.start()), CLINIC);
    make(
        provider,
        clinician,
        new PlannedMeeting(
            "Qanary clash",
            start.minusMinutes(15L * run.random.between(0, 1)),
            60,
            CLINIC,
            false,
            "busy",
            false,
            null,
            ""));
  }

  private void move(Provider provider, int clinician) {
    int minutes = 15 * run.random.between(1, 40) * (run.random.percent(50) ? 1 : -1);
    any(provider, clinician)
        .ifPresent(
            event -> {
              if (provider == Provider.OUTLOOK) {
                ObjectNode by = json().put("minutes", minutes);
                act(provider, clinician, "POST", "/" + id(event) + "/shift", by);
              } else if (event.path("start").has("dateTime")) {
                String start =
                    OffsetDateTime.parse(event.path("start").path("dateTime").asText())
                        .plusMinutes(minutes)
                        .toString();
                ObjectNode to = json().put("start", start);
                act(provider, clinician, "POST", "/" + id(event) + "/move", to);
              }
            });
  }

  private void shorten(Provider provider, int clinician) {
    any(provider, clinician)
        .ifPresent(
            event -> {
              if (provider == Provider.OUTLOOK) {
                act(
                    provider,
                    clinician,
                    "POST",
                    "/" + id(event) + "/resize",
                    json().put("minutes", -10));
              } else {
                act(
                    provider,
                    clinician,
                    "POST",
                    "/" + id(event) + "/shorten",
                    json().put("minutes", 20));
              }
            });
  }

  private void delete(Provider provider, int clinician) {
    any(provider, clinician)
        .ifPresent(event -> act(provider, clinician, "DELETE", "/" + id(event), json()));
  }

  private void respond(Provider provider, int clinician) {
    boolean outlook = provider == Provider.OUTLOOK;
    String answer = run.random.oneOf(outlook ? ANSWERS_OUTLOOK : ANSWERS_GOOGLE);
    ObjectNode body = json().put("response", answer);
    any(provider, clinician)
        .ifPresent(
            event ->
                act(
                    provider,
                    clinician,
                    "POST",
                    "/" + id(event) + "/respond",
                    outlook ? body.put("keep", run.random.percent(50)) : body));
  }

  /** Copies a meeting of one's own, or an entry of ours with its hidden mark. */
  private void copy(Provider provider, int clinician) {
    List<JsonNode> events =
        calendars.events(provider, clinician).stream().filter(it -> !isSeries(it)).toList();
    if (events.isEmpty()) {
      return;
    }
    JsonNode event = run.random.oneOf(events);
    if (provider == Provider.OUTLOOK) {
      act(provider, clinician, "POST", "/" + id(event) + "/copy", json());
    } else {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (String member :
          List.of("summary", "start", "end", "transparency", "visibility", "extendedProperties")) {
        if (event.has(member)) {
          copy.set(member, event.get(member));
        }
      }
      act(provider, clinician, "POST", "", copy.put("id", "sim" + made++ + "m"));
    }
  }

  private void cancel(Provider provider, int clinician) {
    any(provider, clinician)
        .ifPresent(
            event -> {
              if (provider == Provider.OUTLOOK) {
                act(provider, clinician, "POST", "/" + id(event) + "/cancel", json());
              } else {
                act(provider, clinician, "DELETE", "/" + id(event), json());
              }
            });
  }

  private void change(Provider provider, int clinician, ObjectNode change) {
    any(provider, clinician)
        .ifPresent(event -> act(provider, clinician, "PATCH", "/" + id(event), change));
  }

  private static ObjectNode shown(Provider provider, String as) {
    return provider == Provider.OUTLOOK
        ? json().put("showAs", as)
        : json().put("transparency", as.equals("free") ? "transparent" : "opaque");
  }

  /** An event of a person, or one instance of a series of theirs. */
  private Optional<JsonNode> any(Provider provider, int clinician) {
    List<JsonNode> own =
        calendars.events(provider, clinician).stream().filter(event -> !isOurs(event)).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    JsonNode event = run.random.oneOf(own);
    if (!isSeries(event) || run.random.percent(25)) {
      return Optional.of(event);
    }
    List<JsonNode> instances = instancesOf(provider, clinician, event);
    if (instances.isEmpty()) {
      return Optional.of(event);
    }
    run.result.count(Counter.SERIES_EXCEPTION);
    return Optional.of(run.random.oneOf(instances));
  }

  private List<JsonNode> instancesOf(Provider provider, int clinician, JsonNode series) {
    Instant to = now().plusSeconds(DAYS * 86_400L);
    return provider == Provider.OUTLOOK
        ? calendars.occurrences(clinician, id(series), now(), to)
        : calendars.instances(clinician, now(), to).stream()
            .filter(it -> it.path("recurringEventId").asText().equals(id(series)))
            .toList();
  }

  private Optional<JsonNode> act(
      Provider provider, int clinician, String method, String path, ObjectNode body) {
    Optional<JsonNode> answer =
        calendars.act(provider, clinician, method, path, body.isEmpty() ? "" : body.toString());
    if (answer.isPresent()) {
      watches.changed(provider, MeetingCalendars.MAILBOXES.get(clinician));
    } else {
      run.result.count(Counter.CALENDAR_CHANGE_REFUSED);
    }
    return answer;
  }

  // The difficult cases.

  /**
   * One meeting is shown as free and as busy in turn, so that its block is cancelled and made again
   * until the guard stops that.
   */
  void loop() {
    Provider provider = provider();
    int clinician = clinician();
    LocalDateTime start = LocalDate.ofInstant(now(), CLINIC).plusDays(DAYS + 1L).atTime(19, 0);
    PlannedMeeting meeting =
        new PlannedMeeting("Qanary loop", start, 30, CLINIC, false, "busy", false, null, "");
    make(provider, clinician, meeting)
        .ifPresent(
            id -> {
              for (int i = 1; i <= 13; i++) {
                ObjectNode change = shown(provider, i % 2 == 0 ? "busy" : "free");
                run.time.after(
                    i * 11 * FaultSchedule.MINUTE,
                    () -> act(provider, clinician, "PATCH", "/" + id, change));
              }
            });
  }

  /** Somebody makes many meetings in a calendar, and deletes them all later. */
  void clear() {
    Provider provider = provider();
    int clinician = clinician();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      LocalDateTime start =
          LocalDate.ofInstant(now(), CLINIC).plusDays(2L + i).atTime(20, 15 * (i % 4));
      PlannedMeeting meeting =
          new PlannedMeeting("Qanary many", start, 30, CLINIC, false, "busy", false, null, "");
      make(provider, clinician, meeting).ifPresent(ids::add);
    }
    run.time.after(
        45 * FaultSchedule.MINUTE,
        () -> {
          ids.forEach(id -> calendars.act(provider, clinician, "DELETE", "/" + id, ""));
          calendars.events(provider, clinician).stream()
              .filter(event -> !isOurs(event))
              .map(People::id)
              .filter(id -> !ids.contains(id))
              .limit(MANY)
              .forEach(id -> calendars.act(provider, clinician, "DELETE", "/" + id, ""));
          watches.changed(provider, MeetingCalendars.MAILBOXES.get(clinician));
        });
  }

  /** For some minutes, a provider answers as if a calendar with many meetings were empty. */
  void forget() {
    for (Provider provider : Provider.values()) {
      for (int clinician = 0; clinician < run.size.clinicians(); clinician++) {
        long present =
            calendars.events(provider, clinician).stream().filter(People::isBusy).count();
        if (present >= MANY) {
          run.result.count(Counter.EMPTY_ANSWERS);
          forgetful = provider;
          forgetfulClinician = clinician;
          forgetfulUntil = run.time.now() + 15 * FaultSchedule.MINUTE;
          watches.changed(provider, MeetingCalendars.MAILBOXES.get(clinician));
          return;
        }
      }
    }
  }

  boolean isForgetful(Provider provider, String mailbox) {
    return run.time.now() < forgetfulUntil
        && provider == forgetful
        && MeetingCalendars.MAILBOXES.get(forgetfulClinician).equals(mailbox);
  }

  void killCursors() {
    calendars.killCursors(provider());
  }

  // What an event is.

  static boolean isSeries(JsonNode event) {
    return event.path("recurrence").size() > 0;
  }

  /** Whether the event carries the hidden mark of our entries. */
  static boolean isOurs(JsonNode event) {
    return event.path("extendedProperties").path("private").has(EntryStamp.GOOGLE_PROPERTY)
        || event.path("singleValueExtendedProperties").has(EntryStamp.OUTLOOK_PROPERTY);
  }

  /** Whether the event surely blocks time by every rule: a meeting of a person, shown as busy. */
  private static boolean isBusy(JsonNode event) {
    boolean shown =
        event.has("showAs")
            ? event.path("showAs").asText().equals("busy")
            : !event.path("transparency").asText().equals("transparent");
    return shown && !isOurs(event) && !event.has("attendees") && !isSeries(event);
  }

  private static String id(JsonNode event) {
    return event.path("id").asText();
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
