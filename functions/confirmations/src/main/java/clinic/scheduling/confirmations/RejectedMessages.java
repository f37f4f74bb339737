package clinic.scheduling.confirmations;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * What follows when a provider will never take a message: a mail counts as one that did not arrive,
 * so that a text is sent in its place; a number that opted out at the provider is written to no
 * more.
 */
@Singleton
final class RejectedMessages {
  private static final Set<String> OPTED_OUT = Set.of("OptedOut", "OptedOutException");

  private final ProviderRecords records;
  private final Suppressions suppressions;
  private final ReviewList troubles;

  @Inject
  RejectedMessages(ProviderRecords records, Suppressions suppressions, ReviewList troubles) {
    this.records = records;
    this.suppressions = suppressions;
    this.troubles = troubles;
  }

  /** Called before the outcome is recorded, since after that nobody comes back to it. */
  void keep(PendingMessage draft, RenderedMessage.Ready letter, String code) {
    MessageRequest order = draft.order();
    if (draft.channel() == Channel.EMAIL) {
      records.undelivered(order.root(), order.about().name());
      troubles.notArrived(order, "rejected");
    }
    if (draft.channel() == Channel.SMS && OPTED_OUT.contains(code)) {
      letter
          .counts()
          .ifPresent(
              to ->
                  suppressions.add(
                      Channel.SMS,
                      to.contact(),
                      Suppressions.Scope.EVERYTHING,
                      "opted-out",
                      Optional.of(order.root())));
    }
  }
}
