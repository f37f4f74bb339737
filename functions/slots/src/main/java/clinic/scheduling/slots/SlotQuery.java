package clinic.scheduling.slots;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller of {@code GET /slots} asks for.
 *
 * @param minutes the length of the visit
 * @param zone of the answer and of dates in the question; empty means each place's own
 */
record SlotQuery(
    VisitType visit,
    Edge from,
    Edge to,
    Optional<String> specialty,
    Optional<String> state,
    Optional<String> location,
    Optional<String> practitioner,
    int minutes,
    Optional<ZoneId> zone,
    int limit,
    Optional<String> cursor) {
  private static final Duration LONGEST_WINDOW = Duration.ofDays(62);
  private static final int USUAL_LIMIT = 50;
  private static final int MAX_LIMIT = 200;
  private static final int MAX_TEXT = 64;
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
          "duration",
          "timezone",
          "limit",
          "cursor");

  /**
   * @throws clinic.scheduling.core.http.ProblemException naming every wrong parameter
   */
  static SlotQuery of(Map<String, String> query, Practice practice) {
    return new Reader(query, practice).read();
  }

  /** Collects what is wrong while it reads. */
  private static final class Reader {
    private final Map<String, String> query;
    private final Practice practice;
    private final List<FieldError> errors = new ArrayList<>();

    Reader(Map<String, String> query, Practice practice) {
      this.query = query;
      this.practice = practice;
    }

    SlotQuery read() {
      query.keySet().stream()
          .filter(name -> !KNOWN.contains(name))
          .forEach(
              name ->
                  wrong(FieldError.shown(name), "is not a known parameter; allowed are " + KNOWN));
      Optional<VisitType> visit = visit();
      Optional<ZoneId> zone = optional("timezone", MAX_TEXT).flatMap(this::zone);
      Optional<Edge> from = edge("from");
      Optional<Edge> to = edge("to");
      int minutes = minutes(visit);
      int limit = integer("limit", MAX_LIMIT).orElse(USUAL_LIMIT);
      Optional<String> state = optional("state", 2).filter(this::isState);
      Optional<String> location = optional("location", MAX_TEXT);
      location
          .filter(id -> practice.location(id).isEmpty())
          .ifPresent(id -> wrong("location", "must be the id of a location; see /catalog"));
      Optional<String> practitioner = optional("practitioner", MAX_TEXT);
      practitioner
          .filter(id -> practice.practitioners().stream().noneMatch(who -> who.id().equals(id)))
          .ifPresent(id -> wrong("practitioner", "must be the id of a practitioner; see /catalog"));
      Optional<String> specialty = optional("specialty", MAX_TEXT).filter(this::isWord);
      Optional<String> cursor = optional("cursor", MAX_CURSOR);
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
          limit,
          cursor);
    }

    private Optional<VisitType> visit() {
      Optional<String> id = required("visit");
      Optional<VisitType> visit = id.flatMap(practice::visitType);
      if (id.isPresent() && visit.isEmpty()) {
        wrong("visit", "must be the id of a visit type; see /catalog");
      }
      return visit;
    }

    private int minutes(Optional<VisitType> visit) {
      Optional<Integer> asked = integer("duration", 480);
      if (visit.isEmpty()) {
        return 0;
      }
      List<Integer> offered = visit.get().durations();
      if (asked.isPresent() && !offered.contains(asked.get())) {
        wrong("duration", "must be one of " + offered + " minutes for this visit type");
      }
      return asked.orElse(offered.get(0));
    }

    private void checkWindow(Edge from, Edge to) {
      if (from.isDay() != to.isDay()) {
        wrong("to", "must be a date if from is one, and an instant if from is one");
        return;
      }
      Duration length = Duration.between(from.startIn(ZoneOffset.UTC), to.endIn(ZoneOffset.UTC));
      if (length.isNegative() || length.isZero()) {
        wrong("to", "must not be before from");
      } else if (length.compareTo(LONGEST_WINDOW.plusHours(to.isDay() ? 24 : 0)) > 0) {
        wrong("to", "must be at most 62 days after from");
      }
    }

    private Optional<Edge> edge(String name) {
      Optional<String> text = required(name);
      Optional<Edge> edge = text.flatMap(Edge::parse);
      if (text.isPresent() && edge.isEmpty()) {
        wrong(name, "must be a date like 2027-03-16 or an instant like 2027-03-16T09:00:00-07:00");
      }
      return edge;
    }

    private Optional<ZoneId> zone(String name) {
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        return Optional.of(ZoneId.of(name));
      }
      wrong("timezone", "must be an IANA zone like America/Los_Angeles");
      return Optional.empty();
    }

    private boolean isState(String state) {
      boolean good = state.matches("[A-Z]{2}");
      if (!good) {
        wrong("state", "must be a two-letter state like CA");
      }
      return good;
    }

    private boolean isWord(String specialty) {
      boolean good = specialty.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
      if (!good) {
        wrong("specialty", "must be a word like family-medicine");
      }
      return good;
    }

    private Optional<Integer> integer(String name, int max) {
      Optional<String> text = optional(name, 9);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (!text.get().matches("[0-9]{1,9}")
          || Integer.parseInt(text.get()) < 1
          || Integer.parseInt(text.get()) > max) {
        wrong(name, "must be a whole number from 1 to " + max);
        return Optional.empty();
      }
      return Optional.of(Integer.parseInt(text.get()));
    }

    private Optional<String> required(String name) {
      if (!query.containsKey(name)) {
        wrong(name, "is missing");
        return Optional.empty();
      }
      return optional(name, MAX_TEXT);
    }

    private Optional<String> optional(String name, int max) {
      Optional<String> text = Optional.ofNullable(query.get(name));
      if (text.isPresent() && (text.get().isBlank() || text.get().length() > max)) {
        wrong(name, "must be a text of 1 to " + max + " characters");
        return Optional.empty();
      }
      return text;
    }

    private void wrong(String name, String message) {
      errors.add(new FieldError(name, message));
    }
  }
}
