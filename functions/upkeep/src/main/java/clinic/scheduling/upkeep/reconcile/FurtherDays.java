package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.upkeep.Errand;
import clinic.scheduling.upkeep.reconcile.Certificate.Outcome;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The days that a usual run does not look at. They are gone through once for a clinician whose
 * calendars or policies are not what they were, and for one who has left the practice document:
 * nothing else would rewrite or take away what stands there. A month is done once it agrees.
 */
@Singleton
final class FurtherDays {
  private static final String PARTITION = "upkeep#calendars";
  private static final Duration KEPT = Duration.ofDays(800);
  private static final int DAYS = 31;

  /** The ledger knows entries for 400 days; who looks further back finds nothing to take away. */
  private static final int AHEAD = 14;

  private static final int ALL = 27;
  private static final String GONE = "gone";

  private final Practice practice;
  private final Certify certify;
  private final Rows rows;
  private final Clock clock;

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

    boolean forced() {
      return row.field("forced").isPresent();
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

  private boolean isDone(Round round, Errand errand, Deadline deadline) {
    Round at = round;
    while (at.month() < ALL) {
      if (errand.force() && !at.forced()) {
        at = written(at, Map.of("forced", "yes"));
      }
      Interval days = at.days(practice.locations().get(0).zone());
      if (!certify
          .further(at.who(), days, at.forced(), deadline)
          .equals(Optional.of(Outcome.AGREES))) {
        return false;
      }
      at = written(at, Map.of("month", Integer.toString(at.month() + 1)));
    }
    return true;
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
