package clinic.scheduling.simulation;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.simulation.CalendarSystem.Event;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way back during one run: calendars with meetings, watches, people, and who goes on after a
 * guard.
 */
final class MeetingDay implements AutoCloseable {
  private static final String CONFLICT = "meeting-conflict practitioner=";
  private static final String STOPPED = "meetings-stopped binding=";

  private final Run run;
  private final Practice practice;
  final MeetingCalendars calendars;
  final WatchSystem watches;
  final People people;
  private final Map<String, String> entries = new HashMap<>();
  private final Map<String, Long> conflicts = new HashMap<>();

  MeetingDay(Run run, Practice practice) {
    this.run = run;
    this.practice = practice;
    this.calendars = new MeetingCalendars(run.time);
    this.watches = new WatchSystem(run);
    this.people = new People(run, calendars, watches);
  }

  /** Plans what people do, and what happens to watches and cursors. */
  void plan() {
    for (int i = 0; i < run.size.meetings(); i++) {
      at(FaultSchedule.DAY_ENDS, people::act);
    }
    for (int i = 0; i < 4; i++) {
      at(FaultSchedule.DAY_ENDS, people::killCursors);
      at(FaultSchedule.DAY_ENDS, watches::loseOne);
    }
    at(FaultSchedule.HOUR, people::loop);
    at(2 * FaultSchedule.HOUR, people::clear);
    run.time.at(run.start + 3 * FaultSchedule.HOUR, people::forget);
    new WatchRuns(run).plan();
  }

  private void at(long within, Runnable what) {
    run.time.at(run.start + Math.floorMod(run.random.number(), within), what);
  }

  List<CalendarBinding> bindings() {
    return practice.practitioners().stream().flatMap(who -> who.calendars().stream()).toList();
  }

  /** A person reads the alarm of a guard, looks, and lets the calendar go on. */
  void logged(String line) {
    if (line.startsWith(CONFLICT)) {
      reported(line.substring(line.indexOf(" block=")));
    }
    if (!line.startsWith(STOPPED)) {
      return;
    }
    String binding = line.substring(STOPPED.length()).split(" ", 2)[0];
    run.result.count(Counter.CALENDAR_STOPPED);
    if (line.contains("guard=loop")) {
      run.result.count(Counter.LOOP_STOPPED);
    }
    if (line.contains("guard=removals")) {
      run.result.count(Counter.REMOVALS_STOPPED);
    }
    run.time.after(
        run.random.between(20, 40) * FaultSchedule.MINUTE,
        () -> {
          run.result.count(Counter.CALENDAR_FORCED);
          run.functions.calendarChanges.send(change(binding).forced(), 0);
        });
  }

  /** The clinic is told of a conflict once, unless it has ended and come back meanwhile. */
  private void reported(String conflict) {
    Long before = conflicts.put(conflict, run.time.now());
    if (before != null && run.time.now() - before < 15 * FaultSchedule.MINUTE) {
      run.result.wrong("a conflict was reported twice:" + conflict);
    }
  }

  CalendarChange change(String binding) {
    String provider = binding.substring(0, binding.indexOf('-'));
    return CalendarChange.of(provider, binding, Instant.ofEpochMilli(run.time.now()));
  }

  // Our own entries are in the same calendars as the meetings.

  void entryMade(Provider provider, String mailbox, Event event) {
    ObjectNode json = times(provider, event);
    if (provider == Provider.OUTLOOK) {
      json.put("subject", event.entry.subject().value());
      json.putArray("singleValueExtendedProperties")
          .addObject()
          .put("id", EntryStamp.OUTLOOK_PROPERTY)
          .put("value", event.stamp.text());
    } else {
      json.put("id", event.id.replace("-", ""));
      json.put("summary", event.entry.subject().value());
      json.putObject("extendedProperties")
          .putObject("private")
          .put(EntryStamp.GOOGLE_PROPERTY, event.stamp.text());
    }
    Optional<JsonNode> made = act(provider, mailbox, "POST", "", json);
    made.ifPresent(it -> entries.put(provider + event.id, it.path("id").asText()));
    if (made.isEmpty()) {
      throw new IllegalStateException("the sandbox refuses our entry: " + json);
    }
    run.result.count(Counter.OUR_ENTRIES);
  }

  void entryChanged(Provider provider, String mailbox, Event event) {
    act(provider, mailbox, "PATCH", path(provider, event), times(provider, event));
  }

  void entryDeleted(Provider provider, String mailbox, Event event) {
    act(provider, mailbox, "DELETE", path(provider, event), JsonNodeFactory.instance.objectNode());
  }

  private String path(Provider provider, Event event) {
    return "/" + entries.get(provider + event.id);
  }

  private Optional<JsonNode> act(
      Provider provider, String mailbox, String method, String path, ObjectNode json) {
    int clinician = MeetingCalendars.MAILBOXES.indexOf(mailbox);
    Optional<JsonNode> answer =
        calendars.act(provider, clinician, method, path, json.isEmpty() ? "" : json.toString());
    watches.changed(provider, mailbox);
    return answer;
  }

  private static ObjectNode times(Provider provider, Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String start = event.entry.time().start().toString();
    String end = event.entry.time().end().toString();
    if (provider == Provider.OUTLOOK) {
      json.putObject("start").put("dateTime", start.replace("Z", "")).put("timeZone", "UTC");
      json.putObject("end").put("dateTime", end.replace("Z", "")).put("timeZone", "UTC");
    } else {
      json.putObject("start").put("dateTime", start).put("timeZone", "America/Los_Angeles");
      json.putObject("end").put("dateTime", end).put("timeZone", "America/Los_Angeles");
    }
    return json;
  }

  @Override
  public void close() {
    calendars.close();
  }
}
