package clinic.scheduling.local.lambda;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event for a function, and its outcome. */
final class Invocation {
  private final String id = UUID.randomUUID().toString();
  private final byte[] event;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  Invocation(byte[] event) {
    this.event = event;
  }

  String id() {
    return id;
  }

  byte[] event() {
    return event;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Sets the outcome. Later ones are ignored. */
  void end(Outcome how) {
    outcome.complete(how);
  }

  boolean ended() {
    return outcome.isDone();
  }
}
