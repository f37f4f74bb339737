package clinic.scheduling.calendars;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;

/**
 * The port to the calendars of one provider. Each method changes at most one entry, and sends no
 * invitations. It returns every outcome as a value, and does not sleep when the provider asks us to
 * retry later. After a refused change it reads the entry to find out what the refusal means ({@link
 * RefusedChange}). {@code docs/facts/google.md} 7 lists the differences that this port hides.
 * {@code docs/calendar-refusals.md} lists the outcomes.
 */
public interface Calendar {

  Provider provider();

  /**
   * Creates the entry under its name. An entry that exists under that name is updated instead. The
   * outcome is {@code Gone} if the name belonged to an entry that somebody has deleted. It is
   * {@code NotFound} if the name is in use but a search finds no entry. Once the entry is known to
   * exist, every failure is {@code Unknown}, so that a retry looks for it.
   */
  CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry);

  /**
   * Updates the entry, and undoes what people have done to it: the entry gets the visit's time
   * back, and no longer recurs or lasts all day. The outcome is {@code Gone} if somebody has
   * deleted the entry or moved it out of the mailbox's own calendar. We then delete what is left of
   * the entry, as far as the provider allows. The outcome is {@code NotFound} if nothing is found
   * under the id.
   *
   * @param recent whether the entry was written so recently that the calendar may not show it yet;
   *     if so, the outcome for an entry that is not visible is {@code Busy} instead of {@code Gone}
   */
  CalendarOutcome update(String mailbox, String externalId, CalendarEntry entry, boolean recent);

  /**
   * Searches for the entry by its name. Unless the search fails, the outcome is {@code Exists} or
   * {@code Gone}.
   */
  CalendarOutcome find(String mailbox, EntryName name);

  /**
   * Removes the entry. Its texts are overwritten first, because providers keep deleted events in a
   * bin for weeks. The outcome is {@code Gone} even if the entry had been deleted before. It is
   * {@code NotFound} if nothing is found under the id.
   *
   * @param recent whether the entry was written so recently that the calendar may not show it yet;
   *     see {@link #update}
   */
  CalendarOutcome remove(String mailbox, String externalId, boolean recent);

  /**
   * Reads the entry back, to find out whether somebody has changed it.
   *
   * @param expected the time of the entry, if nobody has moved it
   */
  ReadResult read(String mailbox, String externalId, Interval expected);

  /**
   * Lists our entries in the mailbox's own calendar that overlap the window. A calendar with more
   * than 10,000 events in the window is refused. An event that somebody has made recurring is
   * listed once.
   */
  Listing list(String mailbox, Interval window);

  /**
   * The content that the entry has when it is read back unchanged. It leaves out fields that this
   * provider does not store.
   */
  Phi<String> expectedContent(CalendarEntry entry);
}
