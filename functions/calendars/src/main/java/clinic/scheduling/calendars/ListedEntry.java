package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;

/**
 * An entry of ours as it stands in a calendar.
 *
 * @param says to be compared with {@link Calendar#saying}
 */
public record ListedEntry(String externalId, EntryStamp stamp, Phi<String> says) {}
