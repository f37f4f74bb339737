package clinic.scheduling.slots;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Reason;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads what a caller of {@code GET /slots} asks for, and refuses it with every error at once. */
final class SlotQueryReader {
  private static final Duration LONGEST_WINDOW = Duration.ofDays(62);
  private static final int USUAL_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_MINUTES = 480;
  private static final int MAX_CURSOR = 1_024;
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

  private final Practice practice;
  private final Parameters parameters;

  private SlotQueryReader(Practice practice, Parameters parameters) {
    this.practice = practice;
    this.parameters = parameters;
  }

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException naming every wrong parameter
   */
  static SlotQuery read(Map<String, String> query, Practice practice) {
    return new SlotQueryReader(practice, new Parameters(query, KNOWN)).read();
  }

  private SlotQuery read() {
    Optional<VisitType> visit = visit();
    Optional<WindowBound> from = edge("from");
    Optional<WindowBound> to = edge("to");
    int minutes = visit.map(this::minutes).orElse(0);
    Optional<String> state =
        word("state", text -> text.matches("[A-Z]{2}"), "must be a two-letter state like CA");
    Optional<String> location =
        word(
            "location",
            id -> practice.location(id).isPresent(),
            "must be the id of a location; see /catalog");
    Optional<String> practitioner =
        word(
            "practitioner",
            id -> practice.practitioners().stream().anyMatch(who -> who.id().equals(id)),
            "must be the id of a practitioner; see /catalog");
    Optional<String> specialty =
        word(
            "specialty",
            text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
            "must be a word like family-medicine");
    Optional<ZoneId> zone =
        word(
                "timezone",
                ZoneId.getAvailableZoneIds()::contains,
                "must be an IANA zone like America/Los_Angeles" + parameters.ofPlus("timezone"))
            .map(ZoneId::of);
    boolean firstPer = word("firstPer", "practitioner"::equals, "must be practitioner").isPresent();
    int limit = parameters.integer("limit", MAX_LIMIT).orElse(USUAL_LIMIT);
    Optional<String> cursor = parameters.optional("cursor", MAX_CURSOR);
    if (from.isPresent() && to.isPresent()) {
      checkWindow(from.get(), to.get());
    }
    parameters.end();
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

  private Optional<VisitType> visit() {
    Optional<String> id = parameters.required("visit");
    Optional<VisitType> visit = id.flatMap(practice::visitType);
    if (id.isPresent() && visit.isEmpty()) {
      parameters.wrong("visit", "must be the id of a visit type; see /catalog");
    }
    return visit;
  }

  /** The asked length, or else the first that fits the visit, or the reason if one is given. */
  private int minutes(VisitType visit) {
    Optional<Reason> reason =
        word(
                "reason",
                code -> visit.reason(code).isPresent(),
                "must be the code of a reason of this visit type; see /catalog")
            .flatMap(visit::reason);
    List<Integer> fitting = visit.durationsFor(reason);
    Optional<Integer> asked = parameters.integer("duration", MAX_MINUTES);
    if (asked.isPresent() && !fitting.contains(asked.get())) {
      parameters.wrong(
          "duration", "must be one of " + fitting + " minutes for this visit type and reason");
    }
    return asked.orElse(fitting.get(0));
  }

  private void checkWindow(WindowBound from, WindowBound to) {
    if (from.isDay() != to.isDay()) {
      parameters.wrong("to", "must be a date if from is one, and an instant if from is one");
      return;
    }
    Duration length = Duration.between(from.startIn(ZoneOffset.UTC), to.endIn(ZoneOffset.UTC));
    if (length.isNegative() || length.isZero()) {
      parameters.wrong("to", "must not be before from");
    } else if (length.compareTo(LONGEST_WINDOW.plusHours(to.isDay() ? 24 : 0)) > 0) {
      parameters.wrong("to", "must be at most 62 days after from");
    }
  }

  private Optional<WindowBound> edge(String name) {
    Optional<String> text = parameters.required(name);
    Optional<WindowBound> edge = text.flatMap(WindowBound::parse);
    if (text.isPresent() && edge.isEmpty()) {
      parameters.wrong(
          name,
          "must be a date like 2027-03-16 or an instant like 2027-03-16T09:00:00-07:00"
              + parameters.ofPlus(name));
    }
    return edge;
  }

  private Optional<String> word(String name, Predicate<String> check, String expected) {
    return parameters.optional(name, check, expected);
  }
}
