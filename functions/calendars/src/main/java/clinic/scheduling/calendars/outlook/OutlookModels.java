package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates new model objects of Graph for each request, because the SDK sends an empty body when an
 * object is sent a second time ({@code docs/facts/outlook.md} 6, "Hazards").
 */
final class OutlookModels {
  /**
   * The zone in which we send and read times. Graph's times have no UTC offset. So in a zone with
   * daylight saving time, one hour in autumn would be ambiguous.
   */
  static final String ZONE = "UTC";

  /** Exchange cuts a longer subject or place, and appends three dots. */
  private static final int LONGEST_LINE = 255;

  private static final int LONGEST_BODY = 8000;
  private static final Pattern LINK_ADDRESS = Pattern.compile("<(?:https?|mailto|tel):[^>\\s]*>");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private OutlookModels() {}

  static Event newEvent(EntryName name, CalendarEntry entry) {
    SingleValueLegacyExtendedProperty stamp = new SingleValueLegacyExtendedProperty();
    stamp.setId(EntryStamp.OUTLOOK_PROPERTY);
    stamp.setValue(name.stamp());
    Event event = fields(entry);
    event.setTransactionId(name.transactionId());
    event.setSingleValueExtendedProperties(List.of(stamp));
    return event;
  }

  static Event updateOf(CalendarEntry entry) {
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
    event.setSensitivity(entry.isPrivate() ? Sensitivity.Private : Sensitivity.Normal);
    return event;
  }

  /** Overwrites all texts, and keeps the time and the sensitivity. */
  static Event overwriting() {
    Event event = new Event();
    event.setSubject(CalendarEntry.BUSY);
    event.setBody(body(""));
    event.setLocation(location("", CalendarEntry.NO_ADDRESS.value()));
    return single(event);
  }

  /**
   * Makes a recurring event a single one again, by setting the recurrence to null. {@code
   * UntypedNull} is the only way to make the SDK send null.
   */
  private static Event single(Event change) {
    change.getAdditionalData().put("recurrence", new UntypedNull());
    return change;
  }

  /** A filter that finds the entry by its stamp, in the whole mailbox. */
  static String filter(EntryName name) {
    String value = name.stamp().replace("'", "''");
    return "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')"
        .formatted(EntryStamp.OUTLOOK_PROPERTY, value);
  }

  /** The values of our extended property. */
  static Stream<String> stamps(Event event) {
    return Stream.ofNullable(event.getSingleValueExtendedProperties())
        .flatMap(List::stream)
        .filter(property -> EntryStamp.OUTLOOK_PROPERTY.equalsIgnoreCase(property.getId()))
        .flatMap(property -> Stream.ofNullable(property.getValue()));
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

  /** The visible content of the fields that we write, with times in UTC. */
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
  static Interval startMinute(@Nullable Event event) {
    @Nullable String start = event == null ? null : toTheSecond(event.getStart());
    if (start == null) {
      throw new IllegalStateException("graph returned an event without a start");
    }
    Instant instant = LocalDateTime.parse(start).toInstant(ZoneOffset.UTC);
    return Interval.of(instant, Duration.ofMinutes(1));
  }

  /**
   * The text that a reader of the body sees. Exchange may return HTML although we sent and asked
   * for text. It also turns addresses into links, with the address in angle brackets after the text
   * ({@code docs/facts/outlook.md} 2, "Body as HTML").
   */
  private static @Nullable String visibleText(@Nullable ItemBody body) {
    @Nullable String content = body == null ? null : body.getContent();
    if (body == null || content == null) {
      return null;
    }
    String text = body.getContentType() == BodyType.Html ? HtmlText.visibleText(content) : content;
    return LINK_ADDRESS.matcher(text).replaceAll("");
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
