package clinic.scheduling.operate.practice;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.operate.installation.Installation;
import clinic.scheduling.operate.output.OperateException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The practice document in the table: the row {@code document}, which the functions read, and one
 * row for each version. All rows of one version are written together or not at all, and only if
 * nobody has put another version in between.
 */
public final class PracticeStore {
  private static final String TABLE = "table:";
  private static final String DOCUMENT = "document";
  private static final String VERSION = "version#";
  private static final String JSON = "json";
  private static final String NUMBER = "number";
  private static final String AT = "at";

  /** The year 2100: the document stays until somebody removes it. */
  private static final Instant EXPIRES = Instant.ofEpochSecond(4_102_444_800L);

  /** A page of DynamoDB holds 1 MB, so at least two versions. */
  private static final int MOST_PAGES = 1_000;

  private final Rows rows;
  private final String key;
  private final Clock clock;

  private PracticeStore(Rows rows, String key, Clock clock) {
    this.rows = rows;
    this.key = key;
    this.clock = clock;
  }

  /**
   * The document of an installation.
   *
   * @throws OperateException if its functions read the document from a file
   */
  public static PracticeStore of(Installation installation, Clock clock) {
    String place = installation.practicePlace();
    if (!place.startsWith(TABLE)) {
      throw new OperateException(
          "the functions read the practice document from the file "
              + place
              + ", not from the table");
    }
    return new PracticeStore(installation.rows(), place.substring(TABLE.length()), clock);
  }

  /**
   * The document as it was read.
   *
   * @param row the row that the functions read; a new one if there is no document
   * @param present the version in it; empty if there is no document
   */
  public record Read(Row row, Optional<PracticeVersion> present) {
    public long number() {
      return present.map(PracticeVersion::number).orElse(0L);
    }
  }

  public Read read() {
    Optional<Row> row = rows.read(key(DOCUMENT));
    return new Read(
        row.orElseGet(() -> Row.fresh(key(DOCUMENT), EXPIRES, Map.of())),
        row.map(it -> version(it, it.field(NUMBER).map(Long::parseLong).orElseGet(this::unknown))));
  }

  /** One version; empty if it was never put with this tool. */
  Optional<PracticeVersion> find(long number) {
    Read read = read();
    return read.present()
        .filter(it -> it.number() == number)
        .or(() -> rows.read(key(sort(number))).map(row -> version(row, number)));
  }

  /** All versions, oldest first. */
  List<PracticeVersion> history() {
    List<PracticeVersion> versions = new ArrayList<>();
    Optional<String> next = Optional.of("");
    for (int page = 0; page < MOST_PAGES && next.isPresent(); page++) {
      RowPage one = rows.page(partition(), VERSION, next.get(), Rows.PAGE);
      one.rows().forEach(row -> versions.add(version(row, number(row))));
      next = one.next();
    }
    return versions;
  }

  /**
   * Makes a document the present one.
   *
   * @param before what it was compared with
   * @return the new version; empty if somebody else has put one since {@code before} was read
   */
  Optional<PracticeVersion> put(Read before, String json) {
    String now = clock.instant().toString();
    PracticeVersion next = new PracticeVersion(before.number() + 1, Optional.of(now), json);
    List<Row> writes = new ArrayList<>();
    writes.add(before.row().next(EXPIRES, fields(next, true)));
    writes.add(history(next));
    before
        .present()
        .filter(it -> rows.read(key(sort(it.number()))).isEmpty())
        .ifPresent(it -> writes.add(history(it)));
    return rows.write(writes) ? Optional.of(next) : Optional.empty();
  }

  private Row history(PracticeVersion version) {
    return Row.fresh(key(sort(version.number())), EXPIRES, fields(version, false));
  }

  /** The number of a document that was put by other means comes after those of all versions. */
  private long unknown() {
    return history().stream().mapToLong(PracticeVersion::number).max().orElse(0) + 1;
  }

  private static PracticeVersion version(Row row, long number) {
    return new PracticeVersion(number, row.field(AT), row.field(JSON).orElse(""));
  }

  private static Map<String, String> fields(PracticeVersion version, boolean present) {
    Map<String, String> fields = new HashMap<>(Map.of(JSON, version.json()));
    version.at().ifPresent(at -> fields.put(AT, at));
    if (present) {
      fields.put(NUMBER, Long.toString(version.number()));
    }
    return fields;
  }

  private static long number(Row row) {
    return Long.parseLong(row.key().sort().substring(VERSION.length()));
  }

  private static String sort(long number) {
    return VERSION + "%09d".formatted(number);
  }

  private RowKey key(String sort) {
    return new RowKey(partition(), sort);
  }

  private String partition() {
    return "practice#" + key;
  }
}
