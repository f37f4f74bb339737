package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.practice.CalendarBinding;

/** Something that has to be so in a calendar. */
public sealed interface Effect {

  /** The key of the binding, which names the effect in ledger and log. */
  String binding();

  /** The entry stands there, as it is here. */
  record Put(CalendarBinding calendar, CalendarEntry entry) implements Effect {
    @Override
    public String binding() {
      return calendar.key();
    }
  }

  /** No entry of the visit stands there. */
  record Remove(String binding, Why why) implements Effect {}

  /** Why an entry is taken away. */
  enum Why {
    /** The visit is off, or does not belong in calendars. */
    OFF,
    /** The visit is on, in other calendars. */
    ELSEWHERE
  }
}
