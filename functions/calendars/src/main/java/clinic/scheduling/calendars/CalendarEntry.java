package clinic.scheduling.calendars;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import java.time.ZoneId;

/**
 * The entry of one visit in one calendar. Each write sends every field that the provider stores,
 * even an empty one. So a stricter policy erases what was written under an earlier policy.
 *
 * @param details the body, as plain text
 * @param place the place as one line of text
 * @param home an address for navigation; its fields are empty if there is none
 * @param isPrivate whether other people who see the calendar must not see the details
 */
public record CalendarEntry(
    Phi<String> subject,
    Phi<String> details,
    Phi<String> place,
    Phi<HomeAddress> home,
    Interval time,
    ZoneId zone,
    boolean isPrivate) {
  /**
   * The version of the entry format. Raise it when an unchanged visit is written differently than
   * before. Reconciliation then also compares the entries outside its window, and rewrites those
   * that differ.
   */
  public static final String FORMAT_VERSION = "3";

  /** A subject that identifies nobody. */
  public static final String BUSY = "Busy";

  public static final Phi<HomeAddress> NO_ADDRESS = Phi.of(new HomeAddress("", "", "", ""));

  /** All fields in a fixed order, for a keyed digest. */
  public String[] parts() {
    HomeAddress to = home.value();
    return new String[] {
      subject.value(),
      details.value(),
      place.value(),
      to.street(),
      to.city(),
      to.state(),
      to.postalCode(),
      time.start().toString(),
      time.end().toString(),
      zone.getId(),
      Boolean.toString(isPrivate)
    };
  }
}
