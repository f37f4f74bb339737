package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.practice.CalendarBinding;
import java.util.function.Function;

/**
 * A change that brings one calendar to the state that a visit requires. Carrying it out twice does
 * no harm.
 */
public sealed interface Effect {

  /** The key of the calendar, which names the effect in ledger and log. */
  String binding();

  /** Calls the function for this case. */
  <R> R fold(Function<Put, R> put, Function<Remove, R> remove);

  /** Make the calendar show this entry. */
  record Put(CalendarBinding calendar, CalendarEntry entry) implements Effect {
    @Override
    public String binding() {
      return calendar.key();
    }

    @Override
    public <R> R fold(Function<Put, R> put, Function<Remove, R> remove) {
      return put.apply(this);
    }
  }

  /** Remove the visit's entry from the calendar. */
  record Remove(String binding, Why why) implements Effect {
    @Override
    public <R> R fold(Function<Put, R> put, Function<Remove, R> remove) {
      return remove.apply(this);
    }
  }

  /** Why an entry is removed. */
  enum Why {
    /** The visit does not take place, or does not belong in calendars. */
    OFF,
    /** The visit takes place, but belongs in other calendars. */
    ELSEWHERE
  }
}
