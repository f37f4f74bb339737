package clinic.scheduling.booking;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Requests to change a visit: one outcome each, and only so many new ones a day. Their rows lie in
 * a partition of their own, so that however many there are, what happened to the visit is read
 * without them.
 */
@Singleton
class VisitRequests {
  private final Rows rows;
  private final Limits limits;
  private final Idempotency idempotency;

  VisitRequests(Rows rows, Limits limits, Idempotency idempotency) {
    this.rows = rows;
    this.limits = limits;
    this.idempotency = idempotency;
  }

  /**
   * The name of a request.
   *
   * @param root the id of the first appointment of the thread
   * @param key the Idempotency-Key
   */
  RowKey name(String root, String what, String key) {
    String sort = what + "#" + Digest.of("key", key);
    // Requests used to lie with the visit; those are kept for 400 days, and so are their names.
    RowKey former = RowKey.ofVisit(root, sort);
    return rows.read(former).isPresent() ? former : RowKey.ofRequest(root, sort);
  }

  /** As {@link Idempotency#outcome}; 429 if it is new and the visit has had too many today. */
  String outcome(RowKey name, JsonNode body, Idempotency.Work work) {
    return idempotency.outcome(name, body, () -> limits.ofVisit(name.partition()), work);
  }

  /** The same, of a request to cancel a visit that stands: for it there is room for longer. */
  String cancelling(RowKey name, JsonNode body, Idempotency.Work work) {
    return idempotency.outcome(name, body, () -> limits.ofCancelling(name.partition()), work);
  }

  /** What was answered to this very request; empty if it is new, or not settled yet. */
  Optional<String> answered(RowKey name, JsonNode body) {
    return idempotency.answered(name, body);
  }

  /** Whether each earlier try of this very request was refused. */
  boolean isRefused(RowKey name) {
    return idempotency.isRefused(name);
  }
}
