package clinic.scheduling.slots;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Reason;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the query of {@code GET /slots} (infra/openapi.yaml). A wrong query is refused with all of
 * its errors at once. Each error names the parameter and the allowed form, and never the value that
 * was sent.
 */
final class SlotQueryReader {
  private static final Duration LONGEST_WINDOW = Duration.ofDays(62);
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_MINUTES = 480;
  private static final int MAX_TEXT = 64;
  private static final int MAX_CURSOR = 1_024;
  private static final int MAX_UNKNOWN_REPORTED = 20;
  private static final List<String> KNOWN =
      List.of(
          "visit",
          "from",
          "to",
          "specialty",
          "state",
          "location",
          "practitioner",
          "reason",
          "duration",
          "timezone",
          "firstPer",
          "limit",
          "cursor");

  private final Map<String, String> query;
  private final Practice practice;
  private final List<FieldError> errors = new ArrayList<>();

  private SlotQueryReader(Map<String, String> query, Practice practice) {
    this.query = query;
    this.practice = practice;
  }

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException if a parameter is wrong; it names
   *     every wrong parameter
   */
  static SlotQuery read(Map<String, String> query, Practice practice) {
    return new SlotQueryReader(query, practice).read();
  }

  private SlotQuery read() {
    refuseUnknown();
    Optional<VisitType> visit = visit();
    Optional<WindowBound> from = requiredBound("from");
    Optional<WindowBound> to = requiredBound("to");
    int minutes = visit.map(this::minutes).orElse(0);
    Optional<String> state =
        optional("state", text -> text.matches("[A-Z]{2}"), "must be a two-letter state like CA");
    Optional<String> location =
        optional(
            "location",
            id -> practice.location(id).isPresent(),
            "must be the id of a location; see /catalog");
    Optional<String> practitioner =
        optional(
            "practitioner",
            id -> practice.practitioners().stream().anyMatch(who -> who.id().equals(id)),
            "must be the id of a practitioner; see /catalog");
    Optional<String> specialty =
        optional(
            "specialty",
            text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
            "must be a word like family-medicine");
    Optional<ZoneId> zone =
        optional(
                "timezone",
                ZoneId.getAvailableZoneIds()::contains,
                "must be an IANA zone like America/Los_Angeles" + hintOnPlus("timezone"))
            .map(ZoneId::of);
    boolean firstPer =
        optional("firstPer", "practitioner"::equals, "must be practitioner").isPresent();
    int limit = integer("limit", MAX_LIMIT).orElse(DEFAULT_LIMIT);
    Optional<String> cursor = text("cursor", MAX_CURSOR);
    if (from.isPresent() && to.isPresent()) {
      checkWindow(from.get(), to.get());
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return new SlotQuery(
        visit.orElseThrow(),
        from.orElseThrow(),
        to.orElseThrow(),
        specialty,
        state,
        location,
        practitioner,
        minutes,
        zone,
        firstPer,
        limit,
        cursor);
  }

  private void refuseUnknown() {
    query.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .limit(MAX_UNKNOWN_REPORTED)
        .forEach(
            name ->
                addError(
                    FieldError.safeName(name), "is not a known parameter; allowed are " + KNOWN));
  }

  private Optional<VisitType> visit() {
    Optional<String> id = required("visit");
    Optional<VisitType> visit = id.flatMap(practice::visitType);
    if (id.isPresent() && visit.isEmpty()) {
      addError("visit", "must be the id of a visit type; see /catalog");
    }
    return visit;
  }

  /**
   * The duration that the query asks for. By default, the first duration that fits the visit type
   * and the reason.
   */
  private int minutes(VisitType visit) {
    Optional<Reason> reason =
        optional(
                "reason",
                code -> visit.reason(code).isPresent(),
                "must be the code of a reason of this visit type; see /catalog")
            .flatMap(visit::reason);
    List<Integer> fitting = visit.durationsFor(reason);
    Optional<Integer> duration = integer("duration", MAX_MINUTES);
    if (duration.isPresent() && !fitting.contains(duration.get())) {
      addError("duration", "must be one of " + fitting + " minutes for this visit type and reason");
    }
    return duration.orElse(fitting.get(0));
  }

  private void checkWindow(WindowBound from, WindowBound to) {
    if (from.isDay() != to.isDay()) {
      addError("to", "must be a date if from is one, and an instant if from is one");
      return;
    }
    Duration length = Duration.between(from.startIn(ZoneOffset.UTC), to.endIn(ZoneOffset.UTC));
    if (length.isNegative() || length.isZero()) {
      addError("to", "must not be before from");
    } else if (length.compareTo(LONGEST_WINDOW.plusHours(to.isDay() ? 24 : 0)) > 0) {
      addError("to", "must be at most 62 days after from");
    }
  }

  private Optional<WindowBound> requiredBound(String name) {
    Optional<String> text = required(name);
    Optional<WindowBound> bound = text.flatMap(WindowBound::parse);
    if (text.isPresent() && bound.isEmpty()) {
      addError(
          name,
          "must be a date like 2027-03-16 or an instant like 2027-03-16T09:00:00-07:00"
              + hintOnPlus(name));
    }
    return bound;
  }

  private Optional<Integer> integer(String name, int max) {
    return optional(
            name,
            text ->
                text.matches("[0-9]{1,9}")
                    && Integer.parseInt(text) >= 1
                    && Integer.parseInt(text) <= max,
            "must be a whole number from 1 to " + max)
        .map(Integer::valueOf);
  }

  private Optional<String> optional(String name, Predicate<String> check, String expected) {
    Optional<String> text = text(name, MAX_TEXT);
    if (text.filter(check.negate()).isPresent()) {
      addError(name, expected);
      return Optional.empty();
    }
    return text;
  }

  private Optional<String> required(String name) {
    if (nonBlankValue(name).isEmpty()) {
      addError(name, "is missing");
    }
    return text(name, MAX_TEXT);
  }

  private Optional<String> text(String name, int max) {
    Optional<String> text = nonBlankValue(name);
    if (text.isPresent()
        && (text.get().isBlank() || text.get().codePointCount(0, text.get().length()) > max)) {
      addError(name, "must be a text of 1 to " + max + " characters");
      return Optional.empty();
    }
    return text;
  }

  /** A parameter that was left empty in a form counts as absent. */
  private Optional<String> nonBlankValue(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !Fields.isBlank(text));
  }

  /** A hint for callers who do not know that + is decoded as a space in a query string. */
  private String hintOnPlus(String name) {
    return query.getOrDefault(name, "").contains(" ") ? "; send + as %2B" : "";
  }

  private void addError(String name, String message) {
    errors.add(new FieldError(name, message));
  }
}
