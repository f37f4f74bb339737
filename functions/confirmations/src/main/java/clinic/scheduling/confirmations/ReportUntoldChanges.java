package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the changes that were to be told and that no channel has told, and lists them for the
 * clinic. What is in doubt has told, as far as this goes: it is listed as a doubt.
 */
@Singleton
final class ReportUntoldChanges {
  private static final Set<String> IN_VAIN =
      Set.of(SendOnce.UNREACHED, SendOnce.LEFT_TO_MAIL, SendOnce.REFUSED, SendOnce.SUPPRESSED);

  private final Ledger ledger;
  private final ProviderRecords records;
  private final ReviewList troubles;
  private final List<Channel> channels;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  ReportUntoldChanges(
      Ledger ledger, ProviderRecords records, ReviewList troubles, Practice practice) {
    this.ledger = ledger;
    this.records = records;
    this.troubles = troubles;
    this.channels =
        Stream.of(Channel.EMAIL, Channel.SMS)
            .filter(channel -> practice.messages().channels().contains(channel.word()))
            .toList();
  }

  void list(MessageRequest order) {
    if (troubles.untold(order)) {
      log.warn("patient-untold", "visit", order.root());
    }
  }

  /** Lists a change of which a message was tried in vain, and no other is left to be tried. */
  void listIfAllFailed(MessageRequest order) {
    if (wasTriedInVain(order) && channels.stream().allMatch(channel -> hasFailed(order, channel))) {
      list(order);
    }
  }

  /**
   * Lists a change that waited for a cap, or of which a message was tried in vain, if its visit has
   * begun and no message has told it. A visit that was written down after it began is no trouble.
   */
  void listIfMissed(MessageRequest order) {
    if (order.about() instanceof MessageRequest.About.Numbered
        && (wasTriedInVain(order)
            || channels.stream().anyMatch(one -> troubles.wasCapped(order, one)))
        && channels.stream().noneMatch(channel -> hasTold(order, channel))) {
      list(order);
    }
  }

  private boolean hasTold(MessageRequest order, Channel channel) {
    return !hasFailed(order, channel)
        && last(order, channel).filter(entry -> entry.state() != Entry.State.OPEN).isPresent();
  }

  private boolean wasTriedInVain(MessageRequest order) {
    return records.isUndelivered(order)
        || last(order, Channel.SMS)
            .filter(entry -> entry.isDone() && entry.external().equals(SendOnce.REFUSED))
            .isPresent();
  }

  private boolean hasFailed(MessageRequest order, Channel channel) {
    if (channel == Channel.EMAIL && records.isUndelivered(order)) {
      return true;
    }
    return last(order, channel)
        .filter(entry -> entry.isDone() && IN_VAIN.contains(entry.external()))
        .isPresent();
  }

  /** A text in place of a mail comes after the usual one. */
  private Optional<Entry> last(MessageRequest order, Channel channel) {
    RowKey instead = PendingMessage.insteadOf(order.row(channel));
    return ledger.find(instead).or(() -> ledger.find(order.row(channel)));
  }
}
