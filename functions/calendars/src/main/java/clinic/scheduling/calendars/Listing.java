package clinic.scheduling.calendars;

import java.util.List;

/** The entries of ours in a stretch of time. */
public sealed interface Listing {

  /** All of them, in any order. One that somebody has copied is there twice, under one stamp. */
  record Entries(List<ListedEntry> all) implements Listing {
    public Entries {
      all = List.copyOf(all);
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
