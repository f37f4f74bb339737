package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.Digest;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rounds through the further days, one row of the table for everybody who is or was in the
 * practice document. A round begins anew when calendars, policies or the form of entries are not
 * what they were, and when its clinician has left.
 */
@Singleton
final class BackfillStore {
  private static final String PARTITION = "upkeep#calendars";
  private static final Duration KEPT = Duration.ofDays(800);

  /** The practice document has 1,000 clinicians at most; those who left within two years count. */
  private static final int MOST = 10_000;

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

  /** As it stands, of somebody who was in the practice document once. */
  Optional<BackfillProgress> find(String practitioner) {
    return rows.read(key(practitioner))
        .map(row -> new BackfillProgress(practitioner(row), zone, row));
  }

  /** Everybody's, up to date with the practice document. */
  List<BackfillProgress> all() {
    Map<String, Row> known =
        rows.readStartingWith(PARTITION, "", MOST).stream()
            .collect(Collectors.toMap(row -> row.key().sort(), row -> row));
    List<BackfillProgress> all = new ArrayList<>();
    for (Practitioner who : practice.practitioners()) {
      Optional<Row> row = Optional.ofNullable(known.remove(who.id()));
      all.add(upToDate(who, digest(who), row));
    }
    known.forEach((id, row) -> all.add(upToDate(former(id, row), GONE, Optional.of(row))));
    return all;
  }

  /** Who loses a race to another run goes on as if it had won: the months are looked at twice. */
  BackfillProgress write(BackfillProgress round) {
    Row next = round.row().next(clock.instant().plus(KEPT), round.row().fields());
    rows.write(next);
    return new BackfillProgress(round.who(), zone, next.written());
  }

  private BackfillProgress upToDate(Practitioner who, String digest, Optional<Row> known) {
    Instant now = clock.instant();
    Map<String, String> fields = new HashMap<>(Map.of("digest", digest, "canvas", who.canvasId()));
    if (known.isEmpty()) {
      return write(new BackfillProgress(who, zone, Row.fresh(key(who.id()), now, fields)));
    }
    Row row = known.get();
    if (!row.field("digest").equals(Optional.of(digest))) {
      fields.put("since", LocalDate.ofInstant(now, zone).toString());
      fields.put("month", "0");
      return write(new BackfillProgress(who, zone, row.next(now, fields)));
    }
    BackfillProgress round = new BackfillProgress(who, zone, row);
    boolean fades = !digest.equals(GONE) && row.expires().isBefore(now.plus(KEPT.dividedBy(2)));
    return fades ? write(round) : round;
  }

  private static String digest(Practitioner who) {
    return Digest.of(
        Stream.concat(
                Stream.of(CalendarEntry.FORM, who.canvasId()),
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
