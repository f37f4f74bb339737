package clinic.scheduling.calendars.subscription;

import clinic.scheduling.calendars.CalendarOutcome.Failure;
import java.util.List;
import java.util.function.Function;

/** The watches that a provider has for us. */
public sealed interface WatchList {

  /** Calls the function for this case. */
  <R> R fold(Function<Complete, R> complete, Function<Unreadable, R> unreadable);

  /**
   * One watch of the list.
   *
   * @param external the provider's id
   * @param resource what is watched, as the provider names it
   */
  record Listed(String external, String resource) {}

  /** All watches that send their notices to the address. */
  record Complete(List<Listed> watches) implements WatchList {
    public Complete {
      watches = List.copyOf(watches);
    }

    @Override
    public <R> R fold(Function<Complete, R> complete, Function<Unreadable, R> unreadable) {
      return complete.apply(this);
    }
  }

  /** The list could not be read to its end. */
  record Unreadable(Failure why) implements WatchList {
    @Override
    public <R> R fold(Function<Complete, R> complete, Function<Unreadable, R> unreadable) {
      return unreadable.apply(this);
    }
  }
}
