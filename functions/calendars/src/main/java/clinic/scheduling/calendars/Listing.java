package clinic.scheduling.calendars;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of ours in a stretch of time. */
public sealed interface Listing {

  /** All of them, in any order. One that somebody has copied is there twice, under one stamp. */
  record Entries(List<ListedEntry> all) implements Listing {
    public Entries {
      all = List.copyOf(all);
    }

    /** A series is listed one by one, under the id of the whole: it counts once. */
    public static Entries of(List<ListedEntry> found) {
      Map<String, ListedEntry> byId = new LinkedHashMap<>();
      found.forEach(entry -> byId.putIfAbsent(entry.externalId(), entry));
      return new Entries(List.copyOf(byId.values()));
    }
  }

  /** Not all of them are known, so none is told. */
  record Unread(CalendarOutcome.Trouble why) implements Listing {}

  /** What a call that did not succeed says of the calendar. */
  static Listing failed(CalendarOutcome failure) {
    return new Unread(
        failure instanceof CalendarOutcome.Trouble trouble
            ? trouble
            : new CalendarOutcome.Refused("no-such-calendar"));
  }
}
