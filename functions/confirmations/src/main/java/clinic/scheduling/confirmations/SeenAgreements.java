package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Of which contact points of records that this system made Canvas once did not say {@code false}.
 * Where it says so later, somebody has withdrawn. One row for each, beside what else is kept of the
 * contact point, under digests of point and record.
 */
@Singleton
final class SeenAgreements {
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final Rows rows;
  private final Contacts contacts;
  private final Clock clock;

  @Inject
  SeenAgreements(Rows rows, Contacts contacts, Clock clock) {
    this.rows = rows;
    this.contacts = contacts;
    this.clock = clock;
  }

  boolean contains(Channel channel, Patient patient, Phi<String> address) {
    return rows.read(key(channel, patient, address)).isPresent();
  }

  void add(Channel channel, Patient patient, Phi<String> address) {
    RowKey key = key(channel, patient, address);
    if (rows.read(key).isEmpty()) {
      rows.write(Row.fresh(key, clock.instant().plus(FOR_GOOD), Map.of()));
    }
  }

  private RowKey key(Channel channel, Patient patient, Phi<String> address) {
    return new RowKey(
        "contact#" + contacts.name(channel, address),
        "agreed#" + Digest.of(String.valueOf(patient.id())));
  }
}
