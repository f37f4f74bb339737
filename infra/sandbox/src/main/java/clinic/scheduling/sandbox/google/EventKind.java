package clinic.scheduling.sandbox.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** The {@code eventType} of an event, and what Google's own programs write for each. */
enum EventKind {
  REGULAR("default", true),
  OUT_OF_OFFICE("outOfOffice", true),
  FOCUS_TIME("focusTime", true),
  WORKING_LOCATION("workingLocation", false),
  BIRTHDAY("birthday", false),
  FROM_GMAIL("fromGmail", true);

  private final String wireName;
  private final boolean blocks;

  EventKind(String wireName, boolean blocks) {
    this.wireName = wireName;
    this.blocks = blocks;
  }

  static EventKind of(ObjectNode event) {
    String name = event.path("eventType").asText("default");
    return Stream.of(values())
        .filter(kind -> kind.wireName.equals(name))
        .findFirst()
        .orElseThrow(() -> GoogleException.invalid("Invalid value for: eventType"));
  }

  /** Whether events of this kind can make their owner busy. */
  boolean blocks() {
    return blocks;
  }

  /** Adds the members that Google's own programs give to a new event of this kind. */
  void complete(ObjectNode event) {
    switch (this) {
      case OUT_OF_OFFICE ->
          event.withObjectProperty("outOfOfficeProperties").put("autoDeclineMode", "declineNone");
      case FOCUS_TIME ->
          event.withObjectProperty("focusTimeProperties").put("autoDeclineMode", "declineNone");
      case WORKING_LOCATION -> {
        event.put("transparency", "transparent").put("visibility", "public");
        event.withObjectProperty("workingLocationProperties").put("type", "homeOffice");
      }
      case BIRTHDAY -> {
        event.put("transparency", "transparent").put("visibility", "private");
        event.withObjectProperty("birthdayProperties").put("type", "birthday");
      }
      case REGULAR, FROM_GMAIL -> {}
    }
  }
}
