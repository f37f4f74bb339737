package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.HomeAddress;
import com.microsoft.graph.models.BodyType;
import com.microsoft.graph.models.DateTimeTimeZone;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.FreeBusyStatus;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.Location;
import com.microsoft.graph.models.PhysicalAddress;
import com.microsoft.graph.models.Sensitivity;
import com.microsoft.graph.models.SingleValueLegacyExtendedProperty;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Graph's model objects, made anew for each request: one that was sent before is sent empty (its
 * backing store sends changes only).
 */
final class OutlookModels {
  /** Names our property in every mailbox; never to be changed. */
  static final String PROPERTY =
      "String {6f3b1c52-9a4e-4d07-8a35-2f0c7d9b61e4} Name AppointmentThread";

  /** Graph's times carry no offset: in any other zone an hour of autumn comes twice. */
  static final String ZONE = "UTC";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private OutlookModels() {}

  static Event named(EntryName name, CalendarEntry entry) {
    SingleValueLegacyExtendedProperty stamp = new SingleValueLegacyExtendedProperty();
    stamp.setId(PROPERTY);
    stamp.setValue(name.stamp());
    Event event = change(entry);
    event.setTransactionId(name.transactionId());
    event.setSingleValueExtendedProperties(List.of(stamp));
    return event;
  }

  static Event change(CalendarEntry entry) {
    Event event = new Event();
    event.setSubject(entry.subject().value());
    event.setBody(body(entry.details().value()));
    event.setStart(time(entry.time().start()));
    event.setEnd(time(entry.time().end()));
    event.setLocation(location(entry));
    event.setShowAs(FreeBusyStatus.Busy);
    event.setSensitivity(entry.personal() ? Sensitivity.Private : Sensitivity.Normal);
    return event;
  }

  /** Finds the entry by its stamp, in the whole mailbox. */
  static String filter(EntryName name) {
    String value = name.stamp().replace("'", "''");
    return "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')"
        .formatted(PROPERTY, value);
  }

  /** Whether an event, read in UTC, says what the entry says. */
  static boolean says(Event event, CalendarEntry entry) {
    return entry.subject().value().equals(event.getSubject())
        && isAt(event.getStart(), entry.time().start())
        && isAt(event.getEnd(), entry.time().end());
  }

  private static boolean isAt(@Nullable DateTimeTimeZone time, Instant instant) {
    String text = time == null ? null : time.getDateTime();
    return text != null && text.startsWith(TIME.format(instant));
  }

  private static ItemBody body(String text) {
    ItemBody body = new ItemBody();
    body.setContentType(BodyType.Text);
    body.setContent(text);
    return body;
  }

  private static DateTimeTimeZone time(Instant instant) {
    DateTimeTimeZone time = new DateTimeTimeZone();
    time.setDateTime(TIME.format(instant));
    time.setTimeZone(ZONE);
    return time;
  }

  private static Location location(CalendarEntry entry) {
    HomeAddress home = entry.home().value();
    PhysicalAddress address = new PhysicalAddress();
    address.setStreet(home.street());
    address.setCity(home.city());
    address.setState(home.state());
    address.setPostalCode(home.postalCode());
    Location location = new Location();
    location.setDisplayName(entry.place().value());
    location.setAddress(address);
    return location;
  }
}
