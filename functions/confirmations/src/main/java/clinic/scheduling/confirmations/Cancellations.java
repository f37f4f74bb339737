package clinic.scheduling.confirmations;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who cancelled a visit. Canvas does not say; a patient who did it through us has left the row of
 * the request, {@code cancellation#<key>}, which was settled about when the change was seen. One
 * that came when the visit was cancelled already, or that was refused, says so and does not count.
 */
@Singleton
final class Cancellations {
  private static final String REQUEST = "cancellation#";

  /** It was done, or the patient was not answered and it may have been. */
  private static final Set<String> BY_PATIENT = Set.of("cancelled", "");

  private static final Duration ABOUT = Duration.ofHours(1);

  /**
   * The most pages that are looked at, 10,000 rows: nobody can ask for so many any more, and among
   * more than that the patient's own is not looked for. The message then says that the visit is
   * cancelled, and not by whom.
   */
  private static final int PAGES = 10;

  private final Rows rows;

  @Inject
  Cancellations(Rows rows) {
    this.rows = rows;
  }

  boolean isByPatient(String root, ChangeRecord recorded) {
    return recorded.change() == Change.CANCELLED
        // Requests used to lie with the visit; those are kept for 400 days.
        && Stream.of(RowKey.ofRequest(root, REQUEST), RowKey.ofVisit(root, REQUEST))
            .anyMatch(requests -> isAmong(requests, recorded));
  }

  private boolean isAmong(RowKey requests, ChangeRecord recorded) {
    Optional<String> next = Optional.of("");
    for (int page = 0; page < PAGES && next.isPresent(); page++) {
      RowPage one = rows.page(requests.partition(), REQUEST, next.get(), Rows.PAGE);
      if (one.rows().stream().anyMatch(row -> isAbout(row, recorded))) {
        return true;
      }
      next = one.next();
    }
    return false;
  }

  private static boolean isAbout(Row row, ChangeRecord recorded) {
    return BY_PATIENT.contains(row.field("external").orElse(""))
        && settledAt(row)
            .filter(at -> Duration.between(at, recorded.at()).abs().compareTo(ABOUT) < 0)
            .isPresent();
  }

  private static Optional<Instant> settledAt(Row row) {
    return row.field("leaseUntil").map(Instants::parse);
  }
}
