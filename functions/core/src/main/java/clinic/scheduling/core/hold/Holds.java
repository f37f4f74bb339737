package clinic.scheduling.core.hold;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Hold.Booked;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Decides who gets a time. Canvas neither holds a slot nor, by default, refuses a second booking
 * (docs/facts/canvas.md 3.3). We do both, with one row for each practitioner and UTC day. A row is
 * written only if its version is unchanged.
 *
 * <p>A visit across midnight UTC is written to both days or to none. A hold never conflicts with
 * another hold of the same owner. An owner renews a hold by asking for the same time again.
 */
public final class Holds {
  private static final String CHANGE_MARKER = "changed";

  /**
   * The most rows that are read for one practitioner. There is one row for each UTC day from
   * yesterday on, and no time is held 1,000 days ahead.
   */
  private static final int MOST_DAYS = 1_000;

  /**
   * How long a row is kept after a write. A row with a hold that lasts longer is kept as long as
   * the hold.
   */
  private static final Duration ROW_KEPT = Duration.ofDays(1);

  private final Rows rows;
  private final Clock clock;

  public Holds(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Reserves a time for an owner for {@code length} from now. The new hold replaces any hold of the
   * owner with this practitioner on the same UTC days.
   *
   * @return false, with nothing changed, if another owner's hold overlaps the time
   */
  public boolean hold(String practitioner, String owner, Interval time, Duration length) {
    return hold(
        practitioner, new Hold(owner, time, clock.instant().plus(length), Optional.empty()));
  }

  /**
   * Reserves a time for an appointment that takes place then, and otherwise does the same as {@link
   * #hold(String, String, Interval, Duration)}. Any code that finds that the appointment has left
   * this time may {@linkplain #release(String, Hold) release} the hold.
   */
  public boolean hold(
      String practitioner, String owner, Interval time, Duration length, String appointment) {
    return hold(practitioner, owner, time, length, new Booked(appointment, clock.instant(), false));
  }

  /**
   * Reserves a time for an appointment that was created at this time, and otherwise does the same
   * as {@link #hold(String, String, Interval, Duration)}. Such an appointment had no other time
   * before.
   */
  public boolean holdCreated(
      String practitioner, String owner, Interval time, Duration length, String appointment) {
    return hold(practitioner, owner, time, length, new Booked(appointment, clock.instant(), true));
  }

  private boolean hold(
      String practitioner, String owner, Interval time, Duration length, Booked booked) {
    return hold(
        practitioner, new Hold(owner, time, booked.since().plus(length), Optional.of(booked)));
  }

  /**
   * Reserves a time for a booking whose caller has other holds on the time, and otherwise does the
   * same as {@link #hold(String, String, Interval, Duration)}. Those holds do not conflict, and
   * stay: if the booking is refused, the caller still has the time. So there is no moment at which
   * somebody else can get it.
   *
   * @param holders the owners of the caller's other holds
   */
  public boolean holdBeside(
      Collection<String> holders,
      String practitioner,
      String owner,
      Interval time,
      Duration length) {
    Hold wanted = new Hold(owner, time, clock.instant().plus(length), Optional.empty());
    return hold(
        practitioner, wanted, held -> !holders.contains(held.owner()) && isConflict(held, wanted));
  }

  /**
   * Reserves a time for a form that a patient fills in (docs/decisions/0056). A repeat for the same
   * owner changes nothing as long as the hold is active.
   *
   * @param wanted a {@linkplain Hold#ofForm hold of a form}
   * @param rule gets the active holds of other forms with this practitioner on these UTC days, and
   *     throws to refuse. It may be called several times
   * @return the hold of this owner; empty, with nothing changed, if another hold overlaps the time
   */
  public Optional<Hold> holdForForm(String practitioner, Hold wanted, Consumer<List<Hold>> rule) {
    return holdForForm(List.of(), practitioner, wanted, rule);
  }

  /**
   * Like {@link #holdForForm(String, Hold, Consumer)}, for a caller who has other holds on the
   * time. Those do not conflict, and the rule does not get them.
   *
   * @param holders the owners of the caller's other holds
   */
  public Optional<Hold> holdForForm(
      Collection<String> holders, String practitioner, Hold wanted, Consumer<List<Hold>> rule) {
    List<Row> written =
        rows.updateAll(
            keys(practitioner, wanted.time()),
            days -> {
              List<Hold> active =
                  activeIn(days).stream().filter(held -> !holders.contains(held.owner())).toList();
              if (active.stream()
                  .anyMatch(
                      held -> held.owner().equals(wanted.owner()) || isConflict(held, wanted))) {
                return List.of();
              }
              rule.accept(active.stream().filter(Hold::isOfForm).toList());
              return next(days, fields -> withHold(fields, wanted));
            });
    return written.isEmpty()
        ? ofForm(practitioner, wanted.owner(), wanted.time())
        : Optional.of(wanted);
  }

  /** The hold of a form on exactly this time; empty if it has ended. */
  public Optional<Hold> ofForm(String practitioner, String owner, Interval time) {
    List<Row> days =
        keys(practitioner, time).stream().flatMap(key -> rows.read(key).stream()).toList();
    return activeIn(days).stream()
        .filter(held -> held.owner().equals(owner) && held.time().equals(time) && held.isOfForm())
        .findFirst();
  }

  /**
   * Lets the hold of a form last until a later time. Changes nothing if the hold has ended or if
   * its last extension has passed. A hold is never shortened.
   *
   * @return the hold as it is now; empty if it has ended
   */
  public Optional<Hold> extend(String practitioner, String owner, Interval time, Instant until) {
    Instant now = clock.instant();
    rows.updateAll(
        keys(practitioner, time),
        days ->
            activeIn(days).stream()
                .filter(held -> held.owner().equals(owner) && held.time().equals(time))
                .filter(held -> held.lastExtension().filter(last -> !now.isAfter(last)).isPresent())
                .filter(held -> until.isAfter(held.until()))
                .findFirst()
                .map(held -> next(days, fields -> withHold(fields, held.withUntil(until))))
                .orElse(List.of()));
    return ofForm(practitioner, owner, time);
  }

  private boolean hold(String practitioner, Hold wanted) {
    return hold(practitioner, wanted, held -> isConflict(held, wanted));
  }

  private boolean hold(String practitioner, Hold wanted, Predicate<Hold> isInTheWay) {
    List<Row> written =
        rows.updateAll(
            keys(practitioner, wanted.time()),
            days ->
                days.stream().flatMap(day -> holdsIn(day).stream()).anyMatch(isInTheWay)
                    ? List.of()
                    : next(days, fields -> withHold(fields, wanted)));
    return !written.isEmpty();
  }

  private List<Hold> activeIn(List<Row> days) {
    Instant now = clock.instant();
    return days.stream()
        .flatMap(day -> holdsIn(day).stream())
        .filter(held -> held.isActiveAt(now))
        .distinct()
        .toList();
  }

  /** Releases exactly this time; does nothing if the owner does not hold it. */
  public void release(String practitioner, String owner, Interval time) {
    release(practitioner, owner, time, held -> held.time().equals(time));
  }

  /** Releases a hold, unless its owner has renewed or replaced it since it was read. */
  public void release(String practitioner, Hold seen) {
    release(practitioner, seen.owner(), seen.time(), seen::equals);
  }

  private void release(String practitioner, String owner, Interval time, Predicate<Hold> matches) {
    rows.updateAll(
        keys(practitioner, time),
        days ->
            next(
                days.stream()
                    .filter(day -> heldBy(owner, day).filter(matches).isPresent())
                    .toList(),
                fields -> withoutOwner(fields, owner)));
  }

  /** The holds of other owners that overlap this time. */
  public List<Hold> conflicting(String practitioner, String owner, Interval time) {
    Hold wanted = new Hold(owner, time, clock.instant(), Optional.empty());
    return keys(practitioner, time).stream()
        .flatMap(key -> rows.read(key).stream())
        .flatMap(day -> holdsIn(day).stream())
        .filter(held -> isConflict(held, wanted))
        .distinct()
        .toList();
  }

  /** All times of this practitioner that are held now. */
  public HeldTimes taken(String practitioner) {
    return taken(rows.readStartingWith(partition(practitioner), "", MOST_DAYS));
  }

  /**
   * The times in a window that are held, for several practitioners at once. Each {@linkplain
   * HeldTimes stamp} covers only the days of the window.
   */
  public Map<String, HeldTimes> taken(Collection<String> practitioners, Interval window) {
    Map<String, List<Row>> found = new HashMap<>();
    List<RowKey> keys = new ArrayList<>();
    for (String practitioner : practitioners) {
      found.put(partition(practitioner), new ArrayList<>());
      keys.add(new RowKey(partition(practitioner), CHANGE_MARKER));
      days(window).forEach(day -> keys.add(new RowKey(partition(practitioner), day.toString())));
    }
    rows.readAll(keys)
        .forEach(row -> found.getOrDefault(row.key().partition(), new ArrayList<>()).add(row));
    Map<String, HeldTimes> taken = new HashMap<>();
    practitioners.forEach(
        practitioner ->
            taken.put(practitioner, taken(found.getOrDefault(partition(practitioner), List.of()))));
    return taken;
  }

  /** How many rows {@link #taken(Collection, Interval)} reads for one practitioner. */
  public static int rowCount(Interval window) {
    return (int) days(window).count() + 1;
  }

  private HeldTimes taken(List<Row> rowsNow) {
    List<Hold> holds =
        activeIn(rowsNow.stream().filter(row -> !row.key().sort().equals(CHANGE_MARKER)).toList());
    return new HeldTimes(holds, stamp(rowsNow));
  }

  /** The UTC days that a time touches. */
  private static Stream<LocalDate> days(Interval time) {
    LocalDate first = LocalDate.ofInstant(time.start(), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(time.end().minusNanos(1), ZoneOffset.UTC);
    return first.datesUntil(last.plusDays(1));
  }

  /**
   * Records that the calendar of this practitioner has changed, so that no process goes on offering
   * times that it read before.
   */
  public void invalidate(String practitioner) {
    rows.update(
        new RowKey(partition(practitioner), CHANGE_MARKER),
        row -> Optional.of(row.next(clock.instant().plus(ROW_KEPT), Map.of())));
  }

  /**
   * A digest of the versions of these rows. It changes whenever a hold or the calendar changes,
   * because no row ever has the same version again (docs/decisions/0018).
   */
  private static String stamp(List<Row> rows) {
    return Digest.of(
        rows.stream()
            .map(row -> row.key().sort() + " " + row.version())
            .sorted()
            .toArray(String[]::new));
  }

  private boolean isConflict(Hold held, Hold wanted) {
    return !held.owner().equals(wanted.owner())
        && held.isActiveAt(clock.instant())
        && held.time().overlaps(wanted.time());
  }

  private static List<RowKey> keys(String practitioner, Interval time) {
    return days(time).map(day -> new RowKey(partition(practitioner), day.toString())).toList();
  }

  private List<Row> next(List<Row> days, UnaryOperator<Map<String, String>> change) {
    return days.stream().map(day -> next(day, change.apply(day.fields()))).toList();
  }

  private Row next(Row day, Map<String, String> fields) {
    Row changed = day.next(clock.instant().plus(ROW_KEPT), fields);
    // The table cuts the expiry to whole seconds, so one second is added.
    Instant longest =
        holdsIn(changed).stream()
            .map(hold -> hold.until().plusSeconds(1))
            .reduce(changed.expires(), (a, b) -> a.isAfter(b) ? a : b);
    return changed.next(longest, fields);
  }

  private Map<String, String> withHold(Map<String, String> fields, Hold wanted) {
    Map<String, String> kept = withoutOwner(fields, wanted.owner());
    kept.put(wanted.owner(), wanted.text());
    return kept;
  }

  private Map<String, String> withoutOwner(Map<String, String> fields, String owner) {
    Instant now = clock.instant();
    Map<String, String> kept = new HashMap<>(fields);
    kept.entrySet()
        .removeIf(
            field ->
                field.getKey().equals(owner)
                    || !Hold.parse(field.getKey(), field.getValue()).isActiveAt(now));
    return kept;
  }

  private static Optional<Hold> heldBy(String owner, Row day) {
    return day.field(owner).map(text -> Hold.parse(owner, text));
  }

  private static List<Hold> holdsIn(Row day) {
    return day.fields().entrySet().stream()
        .map(field -> Hold.parse(field.getKey(), field.getValue()))
        .toList();
  }

  private static String partition(String practitioner) {
    return "hold#" + practitioner;
  }
}
