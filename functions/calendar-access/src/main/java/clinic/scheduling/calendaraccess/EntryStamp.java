package clinic.scheduling.calendaraccess;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark by which we recognise an entry as ours. It is in a hidden property of the event ({@code
 * docs/facts/outlook.md} 2, "Finding our own event again"; {@code docs/facts/google.md} 2).
 *
 * @param root the id of the visit's first appointment
 * @param generation the generation in the entry's name; see {@link EntryName}
 */
public record EntryStamp(String root, int generation) {
  /** The id of the extended property that holds the stamp in Outlook. Never change it. */
  public static final String OUTLOOK_PROPERTY =
      "String {6f3b1c52-9a4e-4d07-8a35-2f0c7d9b61e4} Name AppointmentThread";

  /** Makes Graph return our property with an event. */
  public static final String OUTLOOK_EXPAND =
      "singleValueExtendedProperties($filter=id eq '" + OUTLOOK_PROPERTY + "')";

  /** The name of the private property by which we list our entries in Google. */
  public static final String GOOGLE_MARK = "madeBy";

  /** The value of that property. */
  public static final String GOOGLE_OURS = "external-scheduling";

  /** The name of the private property that holds the stamp in Google. Never change it. */
  public static final String GOOGLE_PROPERTY = "appointmentThread";

  private static final Pattern FORMAT = Pattern.compile("([A-Za-z0-9.-]{1,64})#([0-9]{1,6})");

  /** Empty for a text that is no stamp of ours. */
  public static Optional<EntryStamp> parse(String text) {
    Matcher form = FORMAT.matcher(text);
    return form.matches()
        ? Optional.of(new EntryStamp(form.group(1), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }

  public String text() {
    return root + "#" + generation;
  }
}
