package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.upkeep.Errand;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The days that a usual run does not look at. They are gone through once for a clinician whose
 * calendars or policies are not what they were, and for one who has left the practice document:
 * nothing else would rewrite or take away what stands there. A month is done once it agrees; one
 * that does not in {@value #ROUNDS} runs is passed, which the log says once.
 */
@Singleton
final class FurtherDays {
  private static final String PARTITION = "upkeep#calendars";
  private static final Duration KEPT = Duration.ofDays(800);
  private static final int DAYS = 31;

  /** The ledger knows entries for 400 days; who looks further back finds nothing to take away. */
  private static final int AHEAD = 14;

  private static final int ALL = 27;

  /** With a run every hour a day, which is longer than a notice is tried. */
  private static final int ROUNDS = 24;

  private static final int NAMED = 20;
  private static final String GONE = "gone";

  private final Practice practice;
  private final Certify certify;
  private final Rows rows;
  private final Clock clock;
  private final Log log = Log.of(FurtherDays.class);

  FurtherDays(Practice practice, Certify certify, Rows rows, Clock clock) {
    this.practice = practice;
    this.certify = certify;
    this.rows = rows;
    this.clock = clock;
  }

  /** How far it has come with one clinician. */
  private record Round(Practitioner who, Row row) {
    int month() {
      return row.field("month").map(Integer::parseInt).orElse(ALL);
    }

    /** Somebody has said of this month that much may go. */
    boolean forced() {
      return row.field("forced").isPresent();
    }

    /** The guard had stopped this month when it was last looked at. */
    boolean held() {
      return row.field("held").isPresent();
    }

    int rounds() {
      return row.field("rounds").map(Integer::parseInt).orElse(0);
    }

    Interval days(ZoneId zone) {
      int ahead = month() < AHEAD ? month() : AHEAD - 1 - month();
      LocalDate first =
          LocalDate.parse(row.field("since").orElseThrow()).plusDays((long) ahead * DAYS);
      return new Interval(
          first.atStartOfDay(zone).toInstant(),
          first.plusDays(DAYS).atStartOfDay(zone).toInstant());
    }
  }

  /** Whether somebody of that id was in the practice document once. */
  boolean knows(String practitioner) {
    return rows.read(new RowKey(PARTITION, practitioner)).isPresent();
  }

  /**
   * Goes on as long as there is time.
   *
   * @return the ids of those with whom it has not come to the end
   */
  List<String> walk(Errand errand, Deadline deadline) {
    List<String> left = new ArrayList<>();
    for (Round round : rounds()) {
      boolean asked = errand.practitioner().map(round.who().id()::equals).orElse(true);
      if (asked && !isDone(round, errand, deadline)) {
        left.add(round.who().id());
      }
    }
    return left;
  }

  /** The months that are next, as they are now, of those who are asked for. Changes nothing. */
  Map<Interval, Certificate> look(Errand errand, Deadline deadline) {
    Map<Interval, Certificate> months = new LinkedHashMap<>();
    for (Row row : rows.readPartition(PARTITION)) {
      Round at = new Round(practitioner(row), row);
      if (errand.practitioner().equals(Optional.of(at.who().id())) && at.month() < ALL) {
        Interval days = days(at);
        certify.further(at.who(), days, errand, deadline).ifPresent(it -> months.put(days, it));
      }
    }
    return months;
  }

  private boolean isDone(Round round, Errand errand, Deadline deadline) {
    Round at = round;
    while (at.month() < ALL) {
      // The word was given for what somebody has seen, which is the month that is held.
      if (errand.force() && at.held() && !at.forced()) {
        at = written(at, Map.of("forced", "yes"));
      }
      Optional<Certificate> found =
          certify.further(at.who(), days(at), errand(at.who(), at.forced()), deadline);
      if (found.isEmpty()) {
        return false;
      }
      Round next = next(at, found.get());
      if (next.month() == at.month()) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private Round next(Round at, Certificate found) {
    return switch (found.outcome()) {
      case AGREES -> onward(at);
      case REPAIRING -> at.rounds() + 1 < ROUNDS ? again(at) : passed(at, found);
      case HELD -> at.held() ? at : written(at, Map.of("held", "yes"));
      case UNKNOWN, PLANNED -> at;
    };
  }

  private Round again(Round at) {
    Map<String, String> fields = new LinkedHashMap<>(at.row().fields());
    fields.remove("held");
    fields.put("rounds", Integer.toString(at.rounds() + 1));
    return stored(at, fields);
  }

  private Round passed(Round at, Certificate found) {
    Interval days = days(at);
    log.error(
        "further-days-passed",
        "from",
        days.start(),
        "to",
        days.end(),
        "visits",
        found.findings().stream().map(it -> it.place().visit()).distinct().limit(NAMED).toList());
    String before = at.row().field("passed").map(it -> it + " ").orElse("");
    return onward(written(at, Map.of("passed", before + at.month())));
  }

  /** What was said and counted was of the month that is over. */
  private Round onward(Round at) {
    Map<String, String> fields = new LinkedHashMap<>(at.row().fields());
    fields.keySet().removeAll(Set.of("forced", "held", "rounds"));
    fields.put("month", Integer.toString(at.month() + 1));
    return stored(at, fields);
  }

  private Interval days(Round at) {
    return at.days(practice.locations().get(0).zone());
  }

  private static Errand errand(Practitioner who, boolean force) {
    return new Errand(
        "reconcile", Optional.of(who.id()), Optional.empty(), Optional.empty(), false, force);
  }

  private Practitioner practitioner(Row row) {
    String id = row.key().sort();
    return practice.practitioners().stream()
        .filter(who -> who.id().equals(id))
        .findFirst()
        .orElseGet(() -> former(id, row));
  }

  private List<Round> rounds() {
    Map<String, Row> known =
        rows.readPartition(PARTITION).stream()
            .collect(Collectors.toMap(row -> row.key().sort(), row -> row));
    List<Round> all = new ArrayList<>();
    for (Practitioner who : practice.practitioners()) {
      Optional<Row> row = Optional.ofNullable(known.remove(who.id()));
      all.add(upToDate(who, digest(who), row));
    }
    known.forEach((id, row) -> all.add(upToDate(former(id, row), GONE, Optional.of(row))));
    return all;
  }

  private Round upToDate(Practitioner who, String digest, Optional<Row> known) {
    Instant now = clock.instant();
    Row row =
        known.orElseGet(() -> Row.fresh(new RowKey(PARTITION, who.id()), now.plus(KEPT), Map.of()));
    Round round = new Round(who, row);
    String since = LocalDate.ofInstant(now, practice.locations().get(0).zone()).toString();
    Map<String, String> anew =
        Map.of("digest", digest, "canvas", who.canvasId(), "since", since, "month", "0");
    if (known.isEmpty()) {
      return written(round, Map.of("digest", digest, "canvas", who.canvasId()));
    }
    if (!row.field("digest").equals(Optional.of(digest))) {
      return written(round, anew);
    }
    boolean fades = !digest.equals(GONE) && row.expires().isBefore(now.plus(KEPT.dividedBy(2)));
    return fades ? written(round, Map.of()) : round;
  }

  /** Who loses a race to another run goes on as if it had won: the months are looked at twice. */
  private Round written(Round round, Map<String, String> changes) {
    Map<String, String> fields = new LinkedHashMap<>(round.row().fields());
    if (changes.containsKey("digest")) {
      fields.clear();
    }
    fields.putAll(changes);
    return stored(round, fields);
  }

  private Round stored(Round round, Map<String, String> fields) {
    Row next = round.row().next(clock.instant().plus(KEPT), fields);
    rows.write(next);
    return new Round(round.who(), next.written());
  }

  private static String digest(Practitioner who) {
    return Digest.of(
        Stream.concat(
                Stream.of(who.canvasId()),
                who.calendars().stream()
                    .map(it -> it.key() + it.policy() + it.baa() + it.direction())
                    .sorted())
            .toArray(String[]::new));
  }

  private static Practitioner former(String id, Row row) {
    String canvasId = row.field("canvas").orElse("");
    return new Practitioner(id, canvasId, "", List.of(), List.of(), List.of(), List.of());
  }
}
