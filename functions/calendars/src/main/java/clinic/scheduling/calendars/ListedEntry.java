package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;

/**
 * An entry of ours that a calendar shows.
 *
 * @param content to be compared with {@link Calendar#expectedContent}
 */
public record ListedEntry(String externalId, EntryStamp stamp, Phi<String> content) {}
