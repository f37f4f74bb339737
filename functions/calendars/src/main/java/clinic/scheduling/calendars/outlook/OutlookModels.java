package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.EntryContent;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.calendars.HtmlText;
import clinic.scheduling.calendars.PlainText;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import com.microsoft.graph.models.BodyType;
import com.microsoft.graph.models.DateTimeTimeZone;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.FreeBusyStatus;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.Location;
import com.microsoft.graph.models.PhysicalAddress;
import com.microsoft.graph.models.Sensitivity;
import com.microsoft.graph.models.SingleValueLegacyExtendedProperty;
import com.microsoft.kiota.serialization.UntypedNull;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates Graph's model objects, new ones for each request: the SDK sends an object that was sent
 * before as an empty one ({@code docs/facts/outlook.md} 6, "Hazards").
 */
final class OutlookModels {
  /** The id of our extended property in every mailbox. Never change it. */
  static final String PROPERTY =
      "String {6f3b1c52-9a4e-4d07-8a35-2f0c7d9b61e4} Name AppointmentThread";

  /** Makes Graph return our property with an event. */
  static final String EXPAND = "singleValueExtendedProperties($filter=id eq '" + PROPERTY + "')";

  /** Graph's times have no offset, so in another zone one hour in autumn would be ambiguous. */
  static final String ZONE = "UTC";

  /** Exchange cuts a longer subject or place, and appends three dots. */
  private static final int LONGEST_LINE = 255;

  private static final int LONGEST_BODY = 8000;
  private static final Pattern LINKED = Pattern.compile("<(?:https?|mailto|tel):[^>\\s]*>");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private OutlookModels() {}

  static Event named(EntryName name, CalendarEntry entry) {
    SingleValueLegacyExtendedProperty stamp = new SingleValueLegacyExtendedProperty();
    stamp.setId(PROPERTY);
    stamp.setValue(name.stamp());
    Event event = fields(entry);
    event.setTransactionId(name.transactionId());
    event.setSingleValueExtendedProperties(List.of(stamp));
    return event;
  }

  static Event change(CalendarEntry entry) {
    return single(fields(entry));
  }

  private static Event fields(CalendarEntry entry) {
    Event event = new Event();
    event.setSubject(line(entry.subject().value()));
    event.setBody(body(entry.details().value()));
    event.setStart(time(entry.time().start()));
    event.setEnd(time(entry.time().end()));
    event.setIsAllDay(false);
    event.setLocation(location(line(entry.place().value()), entry.home().value()));
    event.setShowAs(FreeBusyStatus.Busy);
    event.setSensitivity(entry.personal() ? Sensitivity.Private : Sensitivity.Normal);
    return event;
  }

  /** Overwrites all texts, and keeps the time and the sensitivity. */
  static Event wiped() {
    Event event = new Event();
    event.setSubject(CalendarEntry.BUSY);
    event.setBody(body(""));
    event.setLocation(location("", CalendarEntry.NOWHERE.value()));
    return single(event);
  }

  /** Makes a recurring event single again. The SDK sends null in no other way. */
  private static Event single(Event change) {
    change.getAdditionalData().put("recurrence", new UntypedNull());
    return change;
  }

  /** A filter that finds the entry by its stamp, in the whole mailbox. */
  static String filter(EntryName name) {
    String value = name.stamp().replace("'", "''");
    return "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')"
        .formatted(PROPERTY, value);
  }

  /** The properties of an event that we read. */
  static String[] select() {
    return new String[] {
      "id",
      "subject",
      "body",
      "location",
      "start",
      "end",
      "showAs",
      "sensitivity",
      "recurrence",
      "seriesMasterId"
    };
  }

  /** The content of the fields that we write, in UTC and as a reader of the event sees it. */
  static Phi<String> content(Event event) {
    Optional<Location> place = Optional.ofNullable(event.getLocation());
    Optional<PhysicalAddress> address = place.map(Location::getAddress);
    return EntryContent.of(
        event.getSubject(),
        visibleText(event.getBody()),
        place.map(Location::getDisplayName).orElse(null),
        address.map(PhysicalAddress::getStreet).orElse(null),
        address.map(PhysicalAddress::getCity).orElse(null),
        address.map(PhysicalAddress::getState).orElse(null),
        address.map(PhysicalAddress::getPostalCode).orElse(null),
        toTheSecond(event.getStart()),
        toTheSecond(event.getEnd()),
        Objects.toString(event.getShowAs()),
        Objects.toString(event.getSensitivity()),
        EntryContent.recurring(event.getSeriesMasterId() != null || event.getRecurrence() != null));
  }

  /** The minute in which an event starts. */
  static Interval startOf(@Nullable Event event) {
    @Nullable String start = event == null ? null : toTheSecond(event.getStart());
    if (start == null) {
      throw new IllegalStateException("graph returned an event without a start");
    }
    Instant instant = LocalDateTime.parse(start).toInstant(ZoneOffset.UTC);
    return Interval.of(instant, Duration.ofMinutes(1));
  }

  /**
   * Exchange may return HTML although we sent and asked for text. It also turns addresses into
   * links and repeats the address behind the text ({@code docs/facts/outlook.md} 2, "Body as
   * HTML").
   */
  private static @Nullable String visibleText(@Nullable ItemBody body) {
    @Nullable String content = body == null ? null : body.getContent();
    if (body == null || content == null) {
      return null;
    }
    String text = body.getContentType() == BodyType.Html ? HtmlText.visibleText(content) : content;
    return LINKED.matcher(text).replaceAll("");
  }

  private static String line(String text) {
    return PlainText.line(text, LONGEST_LINE);
  }

  private static @Nullable String toTheSecond(@Nullable DateTimeTimeZone time) {
    @Nullable String text = time == null ? null : time.getDateTime();
    return text == null ? null : text.replaceFirst("\\..*", "");
  }

  private static ItemBody body(String text) {
    ItemBody body = new ItemBody();
    body.setContentType(BodyType.Text);
    body.setContent(PlainText.lines(text, LONGEST_BODY));
    return body;
  }

  private static DateTimeTimeZone time(Instant instant) {
    DateTimeTimeZone time = new DateTimeTimeZone();
    time.setDateTime(TIME.format(instant));
    time.setTimeZone(ZONE);
    return time;
  }

  private static Location location(String place, HomeAddress home) {
    PhysicalAddress address = new PhysicalAddress();
    address.setStreet(line(home.street()));
    address.setCity(line(home.city()));
    address.setState(line(home.state()));
    address.setPostalCode(line(home.postalCode()));
    Location location = new Location();
    location.setDisplayName(place);
    location.setAddress(address);
    return location;
  }
}
