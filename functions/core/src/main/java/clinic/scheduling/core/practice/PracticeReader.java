package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parses the practice document. A document with any error is refused, and all errors are listed.
 */
public final class PracticeReader {
  private static final ObjectReader JSON =
      new ObjectMapper()
          .reader()
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{7,14}");

  private final List<FieldError> errors = new ArrayList<>();

  private PracticeReader() {}

  /**
   * Reads the document from its JSON text.
   *
   * @throws BadPracticeException listing every error
   */
  public static Practice read(String json) {
    return read(json, List.of());
  }

  /**
   * The same with rules of one function.
   *
   * @param rules each returns what is wrong
   * @throws BadPracticeException listing every error
   */
  public static Practice read(
      String json, Collection<? extends Function<Practice, List<FieldError>>> rules) {
    PracticeReader reader = new PracticeReader();
    Practice practice = reader.practice(reader.parse(json));
    rules.forEach(rule -> reader.errors.addAll(rule.apply(practice)));
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
    Meetings meetings =
        doc.optionalObject("meetings", group -> Meetings.read(group, Meetings.DEFAULT))
            .orElse(Meetings.DEFAULT);
    Practice practice =
        new Practice(
            doc.text("name", FieldRules.NAME),
            doc.text("phone", 16, PHONE.asMatchPredicate(), "must be E.164, like +15555550100"),
            doc.objects("visitTypes", 1, 100, VisitType::read),
            doc.objects("locations", 1, 200, Location::read),
            doc.objects("practitioners", 1, 1000, who -> Practitioner.read(who, meetings)),
            doc.optionalObject("messages", Messages::read).orElse(Messages.DEFAULT),
            doc.optionalObject("limits", PracticeReader::limits)
                .orElseGet(() -> new Practice.Limits(120, 120, 20, 3, 10, 120, 20)),
            doc.optionalObject("tokens", PracticeReader::tokens)
                .orElseGet(() -> new Practice.Tokens(15, 1)),
            doc.optionalObject("holds", PracticeReader::holds)
                .orElseGet(() -> new Practice.HoldLengths(300, 300)),
            doc.optionalObject("identity", PracticeReader::identity)
                .orElseGet(() -> new Practice.IdentityChecks(false, 60)),
            doc.optionalText(
                "canvasUrl",
                300,
                url -> url.matches("https?://\\S+[^/\\s]"),
                "must be a URL without a slash at its end"),
            doc.objects("specialties", 0, 200, PracticeReader::specialty),
            doc.optionalObject("calendarEntries", EntryRules::read).orElse(EntryRules.DEFAULT),
            doc.optionalObject("webhooks", Webhooks::read).orElse(Webhooks.DEFAULT),
            doc.optionalObject("reconciliation", Reconciliation::read)
                .orElse(Reconciliation.DEFAULT),
            meetings);
    doc.end();
    unique(doc, "visitTypes", "id", practice.visitTypes(), VisitType::id);
    unique(doc, "locations", "id", practice.locations(), Location::id);
    unique(doc, "locations", "scheduleKey", practice.locations(), Location::scheduleKey);
    unique(doc, "locations", "canvasId", practice.locations(), Location::canvasId);
    unique(doc, "practitioners", "id", practice.practitioners(), Practitioner::id);
    unique(doc, "practitioners", "canvasId", practice.practitioners(), Practitioner::canvasId);
    unique(doc, "specialties", "id", practice.specialties(), Specialty::id);
    knownLocations(doc, practice);
    knownVisitTypes(doc, practice);
    return practice;
  }

  private static Practice.Limits limits(Fields limits) {
    Practice.Limits read =
        new Practice.Limits(
            limits.integer("requestsPerMinute", 1, 100_000, 120),
            limits.integer("manageRequestsPerMinute", 1, 100_000, 120),
            limits.integer("attemptsPerContactPerHour", 1, 100_000, 20),
            limits.integer("bookingsPerPatientPerDay", 1, 1000, 3),
            limits.integer("openBookingsPerPatient", 1, 1000, 10),
            limits.integer("lookupsPerMinute", 1, 100_000, 120),
            limits.integer("formHoldsPerAddress", 1, 1_000, 20));
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

  private static Specialty specialty(Fields specialty) {
    Specialty read =
        new Specialty(
            FieldRules.id(specialty),
            specialty.texts(
                "taxonomies",
                1,
                100,
                code -> code.matches("[0-9A-Z]{10}"),
                "must be a NUCC taxonomy code like 207Q00000X"));
    specialty.end();
    return read;
  }

  private static Practice.HoldLengths holds(Fields holds) {
    Practice.HoldLengths read =
        new Practice.HoldLengths(
            holds.integer("seconds", 60, 3600, 300), holds.integer("formSeconds", 120, 1800, 300));
    holds.end();
    return read;
  }

  private static Practice.IdentityChecks identity(Fields identity) {
    Practice.IdentityChecks read =
        new Practice.IdentityChecks(
            identity.flag("verifyContact", false),
            identity.integer("verificationsPerAddressPerHour", 1, 100_000, 60));
    identity.end();
    return read;
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

  private static void knownVisitTypes(Fields doc, Practice practice) {
    for (int i = 0; i < practice.practitioners().size(); i++) {
      for (String type : practice.practitioners().get(i).visitTypes()) {
        if (practice.visitType(type).isEmpty()) {
          doc.wrong("practitioners[" + i + "].visitTypes", "names one that is not in visitTypes");
        }
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
