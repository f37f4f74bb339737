package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stores the progress of each clinician's backfill: one row for each clinician who is or was in the
 * practice document. A backfill reconciles a clinician's days outside the usual window. It starts
 * in three cases: the clinician's Canvas id, calendars or policies have changed, the entry format
 * has changed, or the clinician has left the practice document.
 */
@Singleton
final class BackfillStore {
  private static final String PARTITION = "upkeep#calendars";
  private static final Duration KEPT = Duration.ofDays(800);

  /** At most 1,000 clinicians are in the practice document; the rest have left it. */
  private static final int MAX_CLINICIANS = 10_000;

  /** Stored in place of the digest of the clinician's settings if the clinician has left. */
  private static final String GONE = "gone";

  private final Practice practice;
  private final Rows rows;
  private final Clock clock;
  private final ZoneId zone;

  BackfillStore(Practice practice, Rows rows, Clock clock) {
    this.practice = practice;
    this.rows = rows;
    this.clock = clock;
    this.zone = practice.locations().get(0).zone();
  }

  /**
   * How far the backfill of one clinician has got. The backfill reconciles months of 31 days, one
   * after the other: first those after the day on which it started, then those before that day.
   * Immutable; {@link BackfillStore#write} stores a changed object.
   */
  record Progress(Practitioner who, ZoneId zone, Row row) {
    private static final int DAYS_OF_MONTH = 31;
    private static final int MONTHS_AHEAD = 14;

    /** 14 months ahead and 13 back, because the ledger keeps entries for 400 days. */
    private static final int MONTHS = 27;

    boolean isOver() {
      return month() >= MONTHS;
    }

    int month() {
      return row.field("month").map(Integer::parseInt).orElse(MONTHS);
    }

    /** Whether a person has approved the removals of this month. */
    boolean forced() {
      return row.field("forced").isPresent();
    }

    /** Whether the guard against too many removals stopped the repair of this month. */
    boolean held() {
      return row.field("held").isPresent();
    }

    /** How many runs have found something to repair in this month. */
    int tries() {
      return row.field("rounds").map(Integer::parseInt).orElse(0);
    }

    Interval days() {
      int offset = month() < MONTHS_AHEAD ? month() : MONTHS_AHEAD - 1 - month();
      LocalDate first =
          LocalDate.parse(row.field("since").orElseThrow()).plusDays((long) offset * DAYS_OF_MONTH);
      return new Interval(
          first.atStartOfDay(zone).toInstant(),
          first.plusDays(DAYS_OF_MONTH).atStartOfDay(zone).toInstant());
    }

    Progress asForced() {
      return with(fields -> fields.put("forced", "yes"));
    }

    Progress asHeld() {
      return with(fields -> fields.put("held", "yes"));
    }

    Progress afterAnotherTry() {
      return with(
          fields -> {
            fields.remove("held");
            fields.put("rounds", Integer.toString(tries() + 1));
          });
    }

    /** Moves on to the next month, for which nothing is approved or counted yet. */
    Progress nextMonth() {
      return with(
          fields -> {
            fields.keySet().removeAll(Set.of("forced", "held", "rounds"));
            fields.put("month", Integer.toString(month() + 1));
          });
    }

    /** Moves on to the next month, although the calendars do not agree with Canvas in this one. */
    Progress skipMonth() {
      String skipped = row.field("passed").map(it -> it + " ").orElse("") + month();
      return nextMonth().with(fields -> fields.put("passed", skipped));
    }

    private Progress with(Consumer<Map<String, String>> change) {
      Map<String, String> fields = new LinkedHashMap<>(row.fields());
      change.accept(fields);
      return new Progress(who, zone, row.next(row.expires(), fields));
    }
  }

  /** The stored backfill of a clinician; empty if none is stored under this id. */
  Optional<Progress> find(String practitioner) {
    return rows.read(key(practitioner)).map(row -> new Progress(practitioner(row), zone, row));
  }

  /**
   * Restarts the backfill of each clinician whose calendars, policies or entry format have changed,
   * and of each who has left. Returns the backfills of all clinicians.
   */
  List<Progress> all() {
    Map<String, Row> stored =
        rows.readStartingWith(PARTITION, "", MAX_CLINICIANS).stream()
            .collect(Collectors.toMap(row -> row.key().sort(), row -> row));
    List<Progress> all = new ArrayList<>();
    for (Practitioner who : practice.practitioners()) {
      Optional<Row> row = Optional.ofNullable(stored.remove(who.id()));
      all.add(restartIfChanged(who, digest(who), row));
    }
    stored.forEach((id, row) -> all.add(restartIfChanged(former(id, row), GONE, Optional.of(row))));
    return all;
  }

  /**
   * Stores the progress. If another run has written in between, this run continues all the same,
   * and a month may be processed twice.
   */
  Progress write(Progress progress) {
    Row next = progress.row().next(clock.instant().plus(KEPT), progress.row().fields());
    rows.write(next);
    return new Progress(progress.who(), zone, next.written());
  }

  private Progress restartIfChanged(Practitioner who, String digest, Optional<Row> stored) {
    Instant now = clock.instant();
    Map<String, String> fields = new HashMap<>(Map.of("digest", digest, "canvas", who.canvasId()));
    if (stored.isEmpty()) {
      return write(new Progress(who, zone, Row.fresh(key(who.id()), now, fields)));
    }
    Row row = stored.get();
    if (!row.field("digest").equals(Optional.of(digest))) {
      fields.put("since", LocalDate.ofInstant(now, zone).toString());
      fields.put("month", "0");
      return write(new Progress(who, zone, row.next(now, fields)));
    }
    Progress progress = new Progress(who, zone, row);
    boolean expiresSoon =
        !digest.equals(GONE) && row.expires().isBefore(now.plus(KEPT.dividedBy(2)));
    return expiresSoon ? write(progress) : progress;
  }

  private static String digest(Practitioner who) {
    return Digest.of(
        Stream.concat(
                Stream.of(CalendarEntry.FORMAT_VERSION, who.canvasId()),
                who.calendars().stream()
                    .map(it -> it.key() + it.policy() + it.baa() + it.direction())
                    .sorted())
            .toArray(String[]::new));
  }

  private Practitioner practitioner(Row row) {
    String id = row.key().sort();
    return practice.practitioners().stream()
        .filter(who -> who.id().equals(id))
        .findFirst()
        .orElseGet(() -> former(id, row));
  }

  private static Practitioner former(String id, Row row) {
    String canvasId = row.field("canvas").orElse("");
    return new Practitioner(id, canvasId, "", List.of(), List.of(), List.of(), List.of());
  }

  private static RowKey key(String practitioner) {
    return new RowKey(PARTITION, practitioner);
  }
}
