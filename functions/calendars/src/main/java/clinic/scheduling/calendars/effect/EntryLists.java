package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Lists our entries in a calendar. The same {@link MailboxLimiter} limits these calls and the
 * changes.
 */
@Singleton
public final class EntryLists {
  private final MailboxLimiter limiter;
  private final Calendars calendars;

  EntryLists(MailboxLimiter limiter, Calendars calendars) {
    this.limiter = limiter;
    this.calendars = calendars;
  }

  /**
   * Lists our entries that overlap the window. If the limiter grants no permit, the listing is
   * {@code Unreadable}, with {@code TryLater} as the reason.
   */
  public Listing of(CalendarBinding binding, Interval window) {
    return limiter
        .acquire(binding.key())
        .fold(
            permit -> list(permit, binding, window),
            later -> new Listing.Unreadable(new TryLater(later.delay())));
  }

  private Listing list(
      MailboxLimiter.PermitResult.Granted permit, CalendarBinding binding, Interval window) {
    try {
      Listing listing = calendars.of(binding.provider()).list(binding.address(), window);
      listing
          .fold(entries -> Optional.<Duration>empty(), unreadable -> unreadable.why().pause())
          .ifPresent(delay -> limiter.pause(binding.key(), delay));
      return listing;
    } finally {
      limiter.release(permit);
    }
  }
}
