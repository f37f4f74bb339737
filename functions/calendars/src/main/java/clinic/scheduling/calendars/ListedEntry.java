package clinic.scheduling.calendars;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.Phi;

/**
 * An entry of ours that a calendar shows, recognised by its stamp ({@code docs/facts/outlook.md} 2,
 * {@code docs/facts/google.md} 2).
 *
 * @param content the content that was read; compare it with {@link Calendar#expectedContent}
 */
public record ListedEntry(String externalId, EntryStamp stamp, Phi<String> content) {}
