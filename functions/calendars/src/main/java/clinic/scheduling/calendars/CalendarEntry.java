package clinic.scheduling.calendars;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import java.time.ZoneId;

/**
 * What stands in one calendar for one visit. Every field is written each time, empty ones too, so
 * that a lowered policy wipes what stood.
 *
 * @param details the body, plain text
 * @param place as a line of text
 * @param home an address to navigate to, its fields empty if there is none
 * @param personal whether others who see the calendar are kept from the details
 */
public record CalendarEntry(
    Phi<String> subject,
    Phi<String> details,
    Phi<String> place,
    Phi<HomeAddress> home,
    Interval time,
    ZoneId zone,
    boolean personal) {
  /**
   * Raised whenever a visit that has not changed is written in another way than before. All that
   * stands is compared and rewritten then, far ahead and far back too.
   */
  public static final String FORM = "3";

  /** The subject that says nothing about anybody. */
  public static final String BUSY = "Busy";

  public static final Phi<HomeAddress> NOWHERE = Phi.of(new HomeAddress("", "", "", ""));

  /** All fields in order, for a keyed digest. */
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
      Boolean.toString(personal)
    };
  }
}
