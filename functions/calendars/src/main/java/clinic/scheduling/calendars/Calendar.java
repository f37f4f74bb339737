package clinic.scheduling.calendars;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;

/**
 * The calendars of one provider. Each method makes one change at most, answers every outcome as a
 * value, never waits for a provider that asks us to come later, and sends nobody an invitation. A
 * change that is refused is not believed at once: {@link RefusedChange} looks at the entry first.
 */
public interface Calendar {

  Provider provider();

  /**
   * Makes the entry under its name; if one of that name stands already it is brought up to date.
   * {@code Gone} if the name was used for an entry that somebody has deleted; {@code NotFound} if
   * it is in use though nothing is found under it. Once the entry is known to stand, every trouble
   * with it is {@code Unknown}, so that nobody forgets it.
   */
  CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry);

  /**
   * Brings the entry up to date, a single one at its time whatever somebody has made of it. {@code
   * Gone} if somebody has deleted it or put it elsewhere than into the mailbox's own calendar;
   * nothing of it is left there then, as far as the provider lets it be wiped. {@code NotFound} if
   * the id leads nowhere.
   *
   * @param lately whether it was written so lately that it may not show in the calendar yet; it is
   *     {@code Busy} then rather than {@code Gone}
   */
  CalendarOutcome update(String mailbox, String externalId, CalendarEntry entry, boolean lately);

  /** Looks the entry up by its name: {@code Exists} or {@code Gone}. */
  CalendarOutcome find(String mailbox, EntryName name);

  /**
   * Takes the entry away, its words before itself: what is deleted lies in a bin for weeks. {@code
   * Gone} also if it was gone before; {@code NotFound} if the id leads nowhere.
   *
   * @param lately as for {@link #update}
   */
  CalendarOutcome remove(String mailbox, String externalId, boolean lately);

  /**
   * Reads the entry back, to see whether somebody has changed it.
   *
   * @param expected when it should be
   */
  ReadResult read(String mailbox, String externalId, Interval expected);

  /**
   * The entries of ours in the mailbox's own calendar that overlap a stretch of time; 10,000 events
   * are looked through at most, and more is refused. One that somebody repeats is there once.
   */
  Listing list(String mailbox, Interval window);

  /**
   * What an entry says once it stands here and nobody has touched it. Fields that this provider
   * does not keep do not count.
   */
  Phi<String> saying(CalendarEntry entry);
}
