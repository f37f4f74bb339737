package clinic.scheduling.confirmations;

import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Has a message tried on the other channel whose mail did not arrive. The order is put among those
 * that wait, with a time that has come, so that the next reminders run orders it within minutes; it
 * is then decided anew what each channel is told, and what has gone out does not go out again.
 */
@Singleton
final class OtherChannel {
  private final ProviderRecords records;
  private final ChangeLog changes;
  private final DeferredMessages waiting;
  private final Clock clock;

  @Inject
  OtherChannel(ProviderRecords records, ChangeLog changes, DeferredMessages waiting, Clock clock) {
    this.records = records;
    this.changes = changes;
    this.waiting = waiting;
    this.clock = clock;
  }

  /** A change that something newer has overtaken is told with the newer one. */
  void tryFor(ProviderEvent.Name message) {
    records.undelivered(message.root(), message.name());
    change(message)
        .map(
            change ->
                PatientMessage.of(
                    message.root(), change, message.root() + "#" + message.name(), null))
        .ifPresent(order -> waiting.put(order, clock.instant()));
  }

  private Optional<Change> change(ProviderEvent.Name message) {
    return message.name().matches("[0-9]+")
        ? changes
            .read(message.root())
            .filter(told -> Integer.toString(told.sequence()).equals(message.name()))
            .map(ChangeRecord::change)
        : Optional.of(Change.REMINDER);
  }
}
