package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What of ours really stands in a calendar, read through the same door as changes go. */
@Singleton
public final class EntryLists {
  private final MailboxLimiter door;
  private final Calendars calendars;

  EntryLists(MailboxLimiter door, Calendars calendars) {
    this.door = door;
    this.calendars = calendars;
  }

  /**
   * The entries that overlap the window; {@code TryLater} while the mailbox is to be left alone.
   */
  public Listing of(CalendarBinding binding, Interval window) {
    String key = binding.key();
    MailboxLimiter.Permit knock = door.knock(key);
    if (!(knock instanceof MailboxLimiter.Permit.Open inside)) {
      Duration delay = ((MailboxLimiter.Permit.Closed) knock).delay();
      return new Listing.Unread(new CalendarOutcome.TryLater(delay));
    }
    try {
      Listing listing = calendars.of(binding.provider()).list(binding.address(), window);
      if (listing instanceof Listing.Unread unread) {
        unread.why().pause().ifPresent(delay -> door.close(key, delay));
      }
      return listing;
    } finally {
      door.leave(inside);
    }
  }
}
