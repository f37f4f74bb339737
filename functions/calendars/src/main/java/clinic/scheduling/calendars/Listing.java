package clinic.scheduling.calendars;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The answer to {@link Calendar#list}. */
public sealed interface Listing {

  /** Calls the function for this case. */
  <R> R fold(Function<Entries, R> entries, Function<Unreadable, R> unreadable);

  /**
   * All entries, in any order. If somebody has copied an entry, the entry and its copy are listed,
   * both with the same stamp.
   */
  record Entries(List<ListedEntry> all) implements Listing {
    public Entries {
      all = List.copyOf(all);
    }

    /**
     * Keeps one entry of each series. Providers list the occurrences of a series one by one, and
     * all have the id of the series.
     */
    public static Entries of(List<ListedEntry> found) {
      Map<String, ListedEntry> byId = new LinkedHashMap<>();
      found.forEach(entry -> byId.putIfAbsent(entry.externalId(), entry));
      return new Entries(List.copyOf(byId.values()));
    }

    @Override
    public <R> R fold(Function<Entries, R> entries, Function<Unreadable, R> unreadable) {
      return entries.apply(this);
    }
  }

  /** The list could not be read completely, so it is not used at all. */
  record Unreadable(CalendarOutcome.Failure why) implements Listing {
    @Override
    public <R> R fold(Function<Entries, R> entries, Function<Unreadable, R> unreadable) {
      return unreadable.apply(this);
    }
  }

  /**
   * The listing for a call that failed. {@code NotFound} means here that there is no such calendar.
   */
  static Listing failed(CalendarOutcome failure) {
    return new Unreadable(
        failure.asFailure().orElseGet(() -> new CalendarOutcome.Refused("no-such-calendar")));
  }
}
