package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists the changes that no channel has told the patient, for the clinic. A delivery whose outcome
 * is unknown counts as told here, since it is listed as unconfirmed.
 */
@Singleton
final class ReportUntoldChanges {
  private final DeliveryLedger deliveries;
  private final ReviewList review;
  private final List<Channel> channels;
  private final Log log = Log.of(ReportUntoldChanges.class);

  @Inject
  ReportUntoldChanges(DeliveryLedger deliveries, ReviewList review, Practice practice) {
    this.deliveries = deliveries;
    this.review = review;
    this.channels =
        Stream.of(Channel.EMAIL, Channel.SMS)
            .filter(channel -> practice.messages().channels().contains(channel.word()))
            .toList();
  }

  /** The message waits for a cap; its visit may begin before there is room. */
  void waitsForCap(MessageRequest request, Channel channel) {
    review.capped(request, channel);
  }

  void report(MessageRequest request) {
    if (review.untold(request)) {
      log.warn("patient-untold", "visit", request.root());
    }
  }

  /** Reports a change for which every channel has failed, after at least one was tried. */
  void reportIfAllFailed(MessageRequest request) {
    if (wasTriedInVain(request)
        && channels.stream().allMatch(channel -> hasFailed(request, channel))) {
      report(request);
    }
  }

  /**
   * Reports a change whose visit has begun before any message told it, if a message was tried or
   * waited for a cap. A visit that staff entered after it began is not reported.
   */
  void reportIfMissed(MessageRequest request) {
    if (request.sequence().isPresent()
        && (wasTriedInVain(request)
            || channels.stream().anyMatch(channel -> review.wasCapped(request, channel)))
        && channels.stream().noneMatch(channel -> isTold(request, channel))) {
      report(request);
    }
  }

  private boolean isTold(MessageRequest request, Channel channel) {
    return !hasFailed(request, channel)
        && deliveries.mayHaveLeft(deliveries.last(request, channel));
  }

  private boolean wasTriedInVain(MessageRequest request) {
    return deliveries.isUndelivered(request)
        || deliveries
            .notSent(deliveries.last(request, Channel.SMS))
            .filter(DeliveryLedger.NotSent.REJECTED::equals)
            .isPresent();
  }

  private boolean hasFailed(MessageRequest request, Channel channel) {
    return (channel == Channel.EMAIL && deliveries.isUndelivered(request))
        || deliveries
            .notSent(deliveries.last(request, channel))
            .filter(DeliveryLedger.NotSent::isFailure)
            .isPresent();
  }
}
