package clinic.scheduling.fanout;

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
record CalendarEntry(
    Phi<String> subject,
    Phi<String> details,
    Phi<String> place,
    Phi<Person.Home> home,
    Interval time,
    ZoneId zone,
    boolean personal) {
  static final Phi<Person.Home> NOWHERE = Phi.of(new Person.Home("", "", "", ""));

  /** All fields in order, for a keyed digest. */
  String[] parts() {
    Person.Home to = home.value();
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
