package clinic.scheduling.operate.status;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calendars that wait: for a person because a guard has stopped them, for access to their
 * mailbox, or for the end of a pause that the provider asked for.
 */
final class CalendarStatus {
  private static final int MOST_CALENDARS = 100;
  private static final String ROUND = "round#";

  private final Rows rows;
  private final Instant now;
  private final ArrayNode json = JsonNodeFactory.instance.arrayNode();
  private final List<String> lines = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private CalendarStatus(Rows rows, Instant now) {
    this.rows = rows;
    this.now = now;
  }

  static Part of(Rows rows, Practice practice, Instant now) {
    CalendarStatus status = new CalendarStatus(rows, now);
    for (Practitioner who : practice.practitioners()) {
      status.add(who);
    }
    if (status.lines.isEmpty()) {
      status.lines.add("no calendar waits");
    }
    return new Part("waitingCalendars", status.json, status.lines, status.wrong);
  }

  private void add(Practitioner who) {
    if (who.calendars().stream().anyMatch(CalendarBinding::blocksCanvas)) {
      rows.readStartingWith("meetings#" + who.canvasId(), ROUND, MOST_CALENDARS)
          .forEach(
              round ->
                  round
                      .field("stopped")
                      .filter(guard -> !guard.isEmpty())
                      .ifPresent(guard -> add(who, binding(round), "stopped", guard, true)));
    }
    for (CalendarBinding calendar : who.calendars()) {
      String partition = "binding#" + calendar.key();
      read(partition, "denied", "since")
          .ifPresent(since -> add(who, calendar.key(), "denied", "since " + since, true));
      read(partition, "pause", "until")
          .filter(until -> Instant.parse(until).isAfter(now))
          .ifPresent(until -> add(who, calendar.key(), "paused", "until " + until, false));
    }
  }

  private Optional<String> read(String partition, String sort, String field) {
    return rows.read(new RowKey(partition, sort)).flatMap(row -> row.field(field));
  }

  private void add(Practitioner who, String binding, String state, String why, boolean isWrong) {
    json.addObject()
        .put("practitioner", who.id())
        .put("binding", binding)
        .put("state", state)
        .put("why", why);
    String line = "calendar " + binding + " of " + who.id() + " " + state + ": " + why;
    lines.add(line);
    if (isWrong) {
      wrong.add(line);
    }
  }

  private static String binding(Row round) {
    return round.key().sort().substring(ROUND.length());
  }
}
