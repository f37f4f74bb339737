package clinic.scheduling.core.setup;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.BadPracticeException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The place of the practice document: a file, or a row of the table. An absent document means one
 * of two things. Before the clinic has put its first document, the system waits for it ({@link
 * NotSetUpException}). Later, the document has got lost, which is an error ({@link
 * BadPracticeException}). A mark in the table tells the two apart (docs/decisions/0061).
 */
public final class PracticeDocument {
  private static final String TABLE = "table:";
  private static final RowKey MARK = new RowKey("setup", "mark");

  /** Longer than any deployment lives without a new one. */
  private static final Duration MARK_KEPT = Duration.ofDays(3650);

  private final String place;
  private final List<PracticeRule> rules;
  private final Rows rows;
  private final Clock clock;
  private volatile boolean isMarked;
  private volatile boolean wasSeen;

  /**
   * @param place the name of a file, or {@code table:<key>} for a row of the table
   * @param rules what the function demands of the document
   */
  public PracticeDocument(String place, List<PracticeRule> rules, Rows rows, Clock clock) {
    this.place = place;
    this.rules = List.copyOf(rules);
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Reads the document.
   *
   * @throws NotSetUpException if there is no document, and never was one
   * @throws BadPracticeException if the document is wrong or has got lost
   */
  public Practice load() {
    Optional<String> json = json();
    if (json.isEmpty() && !hasMark()) {
      throw new NotSetUpException();
    }
    return PracticeReader.read(
        json.orElseThrow(
            () ->
                refused(
                    "there is no document at "
                        + place
                        + " any more; if it was removed on purpose, see docs/deploy.md")),
        rules);
  }

  /**
   * Whether the system still waits for its first document. After the answer was no once, nothing is
   * read any more.
   */
  public boolean isAwaited() {
    if (!wasSeen) {
      wasSeen = exists() || hasMark();
    }
    return !wasSeen;
  }

  /**
   * Records that the document is in use. From then on its absence is an error. Call this after
   * {@link #load} and before work that reaches calendars or patients.
   */
  public void markAsUsed() {
    if (!isMarked) {
      rows.update(
          MARK,
          row ->
              row.isNew()
                  ? Optional.of(row.next(clock.instant().plus(MARK_KEPT), Map.of()))
                  : Optional.empty());
      isMarked = true;
    }
  }

  private boolean hasMark() {
    return rows.read(MARK).isPresent();
  }

  private boolean exists() {
    return place.startsWith(TABLE) ? row().isPresent() : Files.exists(Path.of(place));
  }

  private Optional<String> json() {
    return place.startsWith(TABLE) ? stored() : file();
  }

  private Optional<String> stored() {
    return row()
        .map(
            row ->
                row.field("json")
                    .orElseThrow(() -> refused("the row of " + place + " has no field json")));
  }

  private Optional<Row> row() {
    return rows.read(new RowKey("practice#" + place.substring(TABLE.length()), "document"));
  }

  private Optional<String> file() {
    try {
      return Optional.of(Files.readString(Path.of(place)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw refused("cannot read the file " + place);
    }
  }

  private static BadPracticeException refused(String why) {
    return new BadPracticeException(List.of(new FieldError("(document)", why)));
  }
}
