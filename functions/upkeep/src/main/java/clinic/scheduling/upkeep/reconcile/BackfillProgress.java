package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.practice.Practitioner;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How far the further days have been gone through with one clinician: month by month, first ahead
 * of the day on which the round began, then behind it. Pure; {@link BackfillStore} keeps it.
 */
record BackfillProgress(Practitioner who, ZoneId zone, Row row) {
  private static final int DAYS = 31;
  private static final int AHEAD = 14;

  /** The ledger knows entries for 400 days; who looks further back finds nothing to take away. */
  private static final int ALL = 27;

  boolean isOver() {
    return month() >= ALL;
  }

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

  /** How often this month was looked at and did not agree. */
  int tries() {
    return row.field("rounds").map(Integer::parseInt).orElse(0);
  }

  Interval days() {
    int ahead = month() < AHEAD ? month() : AHEAD - 1 - month();
    LocalDate first =
        LocalDate.parse(row.field("since").orElseThrow()).plusDays((long) ahead * DAYS);
    return new Interval(
        first.atStartOfDay(zone).toInstant(), first.plusDays(DAYS).atStartOfDay(zone).toInstant());
  }

  BackfillProgress force() {
    return with(fields -> fields.put("forced", "yes"));
  }

  BackfillProgress hold() {
    return with(fields -> fields.put("held", "yes"));
  }

  BackfillProgress again() {
    return with(
        fields -> {
          fields.remove("held");
          fields.put("rounds", Integer.toString(tries() + 1));
        });
  }

  /** What was said and counted was of the month that is over. */
  BackfillProgress onward() {
    return with(
        fields -> {
          fields.keySet().removeAll(Set.of("forced", "held", "rounds"));
          fields.put("month", Integer.toString(month() + 1));
        });
  }

  /** Onward, though this month does not agree. */
  BackfillProgress past() {
    String passed = row.field("passed").map(it -> it + " ").orElse("") + month();
    return onward().with(fields -> fields.put("passed", passed));
  }

  private BackfillProgress with(Consumer<Map<String, String>> change) {
    Map<String, String> fields = new LinkedHashMap<>(row.fields());
    change.accept(fields);
    return new BackfillProgress(who, zone, row.next(row.expires(), fields));
  }
}
