package clinic.scheduling.confirmations;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.VisitChanges.Told;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who cancelled a visit. Canvas does not say; a patient who did it through us has left the row of
 * the request, {@code cancellation#<key>}, which was settled about when the change was seen.
 */
@Singleton
final class Cancellations {
  private static final String REQUEST = "cancellation#";
  private static final Duration ABOUT = Duration.ofHours(1);

  private final Rows rows;

  @Inject
  Cancellations(Rows rows) {
    this.rows = rows;
  }

  boolean isByPatient(String root, Told recorded) {
    return recorded.change() == Change.CANCELLED
        && rows.readPartition("visit#" + root).stream()
            .filter(row -> row.key().sort().startsWith(REQUEST))
            .flatMap(row -> settledAt(row).stream())
            .anyMatch(at -> Duration.between(at, recorded.at()).abs().compareTo(ABOUT) < 0);
  }

  private static Optional<Instant> settledAt(Row row) {
    return row.field("leaseUntil").map(Instants::parse);
  }
}
