package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the practice document strictly: it is used whole or refused with every error at once. */
public final class PracticeReader {
  private static final ObjectReader JSON =
      new ObjectMapper()
          .reader()
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{7,14}");
  private static final Pattern STATE = Pattern.compile("[A-Z]{2}");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(-[A-Z]{2})?");
  private static final int NAME = 100;

  private final List<FieldError> errors = new ArrayList<>();

  private PracticeReader() {}

  /**
   * @throws BadPracticeException listing everything that is wrong
   */
  public static Practice read(String json) {
    PracticeReader reader = new PracticeReader();
    Practice practice = reader.practice(reader.parse(json));
    if (!reader.errors.isEmpty()) {
      throw new BadPracticeException(reader.errors);
    }
    return practice;
  }

  private JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new BadPracticeException(
          List.of(
              new FieldError(
                  "line " + e.getLocation().getLineNr(),
                  "is not JSON: " + e.getOriginalMessage())));
    }
  }

  private Practice practice(JsonNode json) {
    Fields doc = Fields.of(json, errors);
    Practice practice =
        new Practice(
            doc.text("name", NAME),
            doc.text("phone", 16, PHONE.asMatchPredicate(), "must be E.164, like +15555550100"),
            doc.objects("visitTypes", 1, 100, PracticeReader::visitType),
            doc.objects("locations", 1, 200, PracticeReader::location),
            doc.objects("practitioners", 1, 1000, PracticeReader::practitioner),
            doc.optionalObject("messages", PracticeReader::messages)
                .orElseGet(
                    () ->
                        new Practice.Messages(
                            List.of("email", "sms"),
                            List.of("en"),
                            Optional.empty(),
                            true,
                            List.of(),
                            true)),
            doc.optionalObject("limits", PracticeReader::limits)
                .orElseGet(() -> new Practice.Limits(120, 3)),
            doc.optionalObject("tokens", PracticeReader::tokens)
                .orElseGet(() -> new Practice.Tokens(15, 1)),
            doc.optionalObject("holds", PracticeReader::holdSeconds).orElse(300),
            doc.optionalText(
                "canvasUrl",
                300,
                url -> url.matches("https?://\\S+[^/\\s]"),
                "must be a URL without a slash at its end"));
    doc.end();
    unique(doc, "visitTypes", "id", practice.visitTypes(), VisitType::id);
    unique(doc, "locations", "id", practice.locations(), Location::id);
    unique(doc, "locations", "scheduleKey", practice.locations(), Location::scheduleKey);
    unique(doc, "locations", "canvasId", practice.locations(), Location::canvasId);
    unique(doc, "practitioners", "id", practice.practitioners(), Practitioner::id);
    unique(doc, "practitioners", "canvasId", practice.practitioners(), Practitioner::canvasId);
    knownLocations(doc, practice);
    return practice;
  }

  private static VisitType visitType(Fields type) {
    VisitType read =
        new VisitType(
            id(type),
            type.text("name", NAME),
            oneOf(type, "modality", Modality.values(), Modality::word, Modality.IN_PERSON),
            type.object("coding", PracticeReader::coding),
            type.integers("durations", 1, 20, 5, 480),
            type.objects("reasons", 0, 200, PracticeReader::reason),
            type.texts("locations", 0, 200, ID.asMatchPredicate(), "must be the id of a location"),
            minutes(type, "bufferBeforeMinutes", 240, 0),
            minutes(type, "bufferAfterMinutes", 240, 0),
            minutes(type, "minimumNoticeMinutes", 43_200, 0),
            type.integer("bookingWindowDays", 1, 365, 90),
            minutes(type, "cancellationNoticeMinutes", 43_200, 0));
    type.end();
    return read;
  }

  private static Coding coding(Fields coding) {
    Coding read =
        new Coding(
            coding.text("system", 200),
            coding.text("code", 64),
            coding.optionalText("display", NAME).orElse(""));
    coding.end();
    return read;
  }

  private static Coding reason(Fields reason) {
    Coding read =
        new Coding(reason.text("system", 200), reason.text("code", 64), reason.text("name", NAME));
    reason.end();
    return read;
  }

  private static Location location(Fields place) {
    Location read =
        new Location(
            id(place),
            place.text("name", NAME),
            place.text(
                "scheduleKey",
                20,
                key -> key.matches("[0-9]+"),
                "must be the integer of Canvas Schedule ids"),
            place.text(
                "canvasId", 64, ID.asMatchPredicate(), "must be the id of a Canvas Location"),
            place.optionalObject("address", PracticeReader::address),
            zone(place));
    place.end();
    return read;
  }

  private static Location.Address address(Fields address) {
    Location.Address read =
        new Location.Address(
            address.text("line", 200),
            address.text("city", NAME),
            address.text("state", 2, STATE.asMatchPredicate(), "must be a two-letter state"),
            address.text("postalCode", 20));
    address.end();
    return read;
  }

  private static Practitioner practitioner(Fields who) {
    Practitioner read =
        new Practitioner(
            id(who),
            who.text("canvasId", 64, ID.asMatchPredicate(), "must be a Canvas staff key"),
            who.text("name", NAME),
            who.texts(
                "specialties", 0, 20, ID.asMatchPredicate(), "must be a word like family-medicine"),
            who.objects("licences", 0, 60, PracticeReader::licence),
            who.objects("calendars", 0, 10, PracticeReader::calendar));
    who.end();
    return read;
  }

  private static Practitioner.Licence licence(Fields licence) {
    Practitioner.Licence read =
        new Practitioner.Licence(
            licence.text("state", 2, STATE.asMatchPredicate(), "must be a two-letter state"),
            date(licence, "start"),
            date(licence, "end"));
    if (read.end().isBefore(read.start()) && !read.end().equals(LocalDate.MIN)) {
      licence.wrong("end", "must not be before start");
    }
    licence.end();
    return read;
  }

  private static CalendarBinding calendar(Fields calendar) {
    CalendarBinding read =
        new CalendarBinding(
            oneOf(calendar, "provider", Provider.values(), PracticeReader::word, Provider.OUTLOOK),
            calendar.text(
                "address", 254, EMAIL.asMatchPredicate(), "must be the address of a mailbox"),
            oneOf(calendar, "policy", Policy.values(), PracticeReader::word, Policy.BUSY),
            calendar.flag("baa", false),
            oneOf(
                calendar,
                "direction",
                Direction.values(),
                PracticeReader::word,
                Direction.FROM_CANVAS));
    if (read.policy() == Policy.FULL && !read.baa()) {
      calendar.wrong("policy", "full needs \"baa\": true");
    }
    calendar.end();
    return read;
  }

  private static Practice.Messages messages(Fields messages) {
    Practice.Messages read =
        new Practice.Messages(
            messages.texts(
                "channels", 0, 2, List.of("email", "sms")::contains, "must be email or sms"),
            messages.texts(
                "languages", 0, 10, LANGUAGE.asMatchPredicate(), "must be a language like en"),
            messages.optionalText(
                "from", 254, EMAIL.asMatchPredicate(), "must be an e-mail address"),
            messages.flag("practitionerName", true),
            messages.texts("reminders", 0, 20, word -> true, ""),
            messages.flag("canvasReminders", true));
    messages.end();
    return read;
  }

  private static Practice.Limits limits(Fields limits) {
    Practice.Limits read =
        new Practice.Limits(
            limits.integer("requestsPerMinute", 1, 100_000, 120),
            limits.integer("bookingsPerPatientPerDay", 1, 100, 3));
    limits.end();
    return read;
  }

  private static Practice.Tokens tokens(Fields tokens) {
    Practice.Tokens read =
        new Practice.Tokens(
            tokens.integer("slotMinutes", 1, 1440, 15),
            tokens.integer("manageDaysAfterVisit", 0, 60, 1));
    tokens.end();
    return read;
  }

  private static Integer holdSeconds(Fields holds) {
    int seconds = holds.integer("seconds", 60, 3600, 300);
    holds.end();
    return seconds;
  }

  private static String id(Fields fields) {
    return fields.text("id", 64, ID.asMatchPredicate(), "must be letters, digits, dots, dashes");
  }

  private static Duration minutes(Fields fields, String name, int max, int otherwise) {
    return Duration.ofMinutes(fields.integer(name, 0, max, otherwise));
  }

  private static ZoneId zone(Fields fields) {
    String name = fields.text("zone", 64);
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return ZoneId.of(name);
    }
    if (!name.isEmpty()) {
      fields.wrong("zone", "must be an IANA zone like America/Los_Angeles");
    }
    return ZoneOffset.UTC;
  }

  private static LocalDate date(Fields fields, String name) {
    String text = fields.text(name, 10);
    try {
      return text.isEmpty() ? LocalDate.MIN : LocalDate.parse(text);
    } catch (DateTimeException e) {
      fields.wrong(name, "must be a date like 2028-12-31");
      return LocalDate.MIN;
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T> T oneOf(
      Fields fields, String name, T[] values, Function<T, String> word, T otherwise) {
    String text = fields.text(name, 32);
    Optional<T> found = Arrays.stream(values).filter(v -> word.apply(v).equals(text)).findFirst();
    if (found.isEmpty() && !text.isEmpty()) {
      fields.wrong(name, "must be one of " + Arrays.stream(values).map(word).toList());
    }
    return found.orElse(otherwise);
  }

  private static <T> void unique(
      Fields doc, String list, String field, List<T> items, Function<T, String> value) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String text = value.apply(items.get(i));
      if (!text.isEmpty() && !seen.add(text)) {
        doc.wrong(list + "[" + i + "]." + field, "is used twice");
      }
    }
  }

  private static void knownLocations(Fields doc, Practice practice) {
    for (int i = 0; i < practice.visitTypes().size(); i++) {
      for (String place : practice.visitTypes().get(i).locations()) {
        if (practice.location(place).isEmpty()) {
          doc.wrong("visitTypes[" + i + "].locations", "names a location that is not in locations");
        }
      }
    }
  }
}
