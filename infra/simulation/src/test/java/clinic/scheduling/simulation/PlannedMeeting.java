package clinic.scheduling.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a person plans, as JSON of both providers.
 *
 * @param minutes the length; whole days for an all-day meeting
 * @param shown as Outlook shows it
 * @param rule how it recurs; null for a single meeting
 * @param uid the UID of an invitation that is in several calendars; empty for one that the provider
 *     chooses
 */
record PlannedMeeting(
    String title,
    LocalDateTime start,
    int minutes,
    ZoneId zone,
    boolean allDay,
    String shown,
    boolean isPrivate,
    @Nullable Rule rule,
    String uid) {

  /**
   * How a meeting recurs.
   *
   * @param rrule a rule of RFC 5545, without an end
   * @param pattern a {@code recurrencePattern} of Graph
   * @param count how many instances there are; 0 for no end
   * @param until the last day; null for none
   */
  record Rule(String rrule, String pattern, int count, @Nullable LocalDate until) {}

  ObjectNode outlook() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", title)
            .put("isAllDay", allDay)
            .put("showAs", shown)
            .put("sensitivity", isPrivate ? "private" : "normal");
    json.set("start", outlook(start));
    json.set("end", outlook(start.plusMinutes(minutes)));
    if (!uid.isEmpty()) {
      json.put("iCalUId", uid);
    }
    if (rule != null) {
      ObjectNode recurrence = json.putObject("recurrence");
      recurrence.putRawValue(
          "pattern", new com.fasterxml.jackson.databind.util.RawValue(rule.pattern()));
      ObjectNode range = recurrence.putObject("range");
      range.put("startDate", start.toLocalDate().toString());
      if (rule.count() > 0) {
        range.put("type", "numbered").put("numberOfOccurrences", rule.count());
      } else if (rule.until() != null) {
        range.put("type", "endDate").put("endDate", rule.until().toString());
      } else {
        range.put("type", "noEnd");
      }
    }
    return json;
  }

  private ObjectNode outlook(LocalDateTime local) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("dateTime", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local))
        .put("timeZone", zone.getId());
  }

  /**
   * @param id the id, so that a replay has the same one
   */
  ObjectNode google(String id) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("summary", title)
            .put("transparency", shown.equals("free") ? "transparent" : "opaque")
            .put("visibility", isPrivate ? "private" : "default");
    json.set("start", google(start));
    json.set("end", google(start.plusMinutes(minutes)));
    if (!uid.isEmpty()) {
      json.put("iCalUID", uid);
    }
    if (rule != null) {
      String end =
          rule.count() > 0
              ? ";COUNT=" + rule.count()
              : rule.until() != null
                  ? ";UNTIL=" + rule.until().toString().replace("-", "") + "T235959Z"
                  : "";
      json.putArray("recurrence").add("RRULE:" + rule.rrule() + end);
    }
    return json;
  }

  private ObjectNode google(LocalDateTime local) {
    ObjectNode time = JsonNodeFactory.instance.objectNode();
    return allDay
        ? time.put("date", local.toLocalDate().toString())
        : time.put("dateTime", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atZone(zone)))
            .put("timeZone", zone.getId());
  }
}
