package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.CodeRequest;
import clinic.scheduling.confirmations.render.ComposeMessage;
import clinic.scheduling.confirmations.render.ComposeMessage.RenderedMessage;
import clinic.scheduling.confirmations.render.Translations;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.verification.ContactPoint;
import clinic.scheduling.core.verification.Verification;
import clinic.scheduling.core.verification.Verifications;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a code to the contact point that somebody has typed, at most once
 * (docs/decisions/0059-a-contact-point-is-proved.md). As long as the code has not been tried, we do
 * not know whose contact point it is. So the message names nobody and has no link, and nothing
 * about it is listed for the clinic.
 *
 * <p>The row of the verification has the contact point, sealed. When the verification has ended,
 * the row is gone and nothing is sent; the same is true after a newer code was asked for. A message
 * whose outcome is unknown is never sent again: the person asks for another code.
 */
@Singleton
final class SendCode {
  /** How long we know that a code was sent: longer than any verification lasts. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Time for the longest call of a provider (4 s) and for recording its result in the table. */
  private static final Duration CALL_TIME = Duration.ofSeconds(6);

  private static final String NOT_SENT = "not-sent";

  private final Verifications verifications;
  private final Contacts contacts;
  private final MessageLimits limits;
  private final Translations translations;
  private final ComposeMessage compose;
  private final DeliverMessage provider;
  private final Ledger ledger;
  private final Duration lease;
  private final Log log = Log.of(SendCode.class);

  @Inject
  SendCode(
      Verifications verifications,
      Contacts contacts,
      MessageLimits limits,
      Translations translations,
      ComposeMessage compose,
      DeliverMessage provider,
      Rows rows,
      Clock clock,
      Settings.Lease lease) {
    this.verifications = verifications;
    this.contacts = contacts;
    this.limits = limits;
    this.translations = translations;
    this.compose = compose;
    this.provider = provider;
    this.ledger = new Ledger(rows, clock, KEPT);
    this.lease = lease.length();
  }

  /**
   * Sends the code, unless it was sent, has been replaced by a newer one, or is of no use any more.
   *
   * @throws UnavailableException if the request has to be delivered again
   */
  void send(CodeRequest request, Deadline deadline) {
    log.put("correlation", Verification.bookingId(request.verification()));
    Optional<Verification> due = due(request);
    if (due.isEmpty()) {
      log.info("code-not-due");
      return;
    }
    ContactPoint to = due.get().contact();
    Channel channel = channel(to);
    String contact = contacts.name(channel, to.address());
    if (contacts.isSuppressed(contact, false)) {
      log.info("suppressed", "channel", channel.word());
      return;
    }
    deliver(request, due.get(), channel, contact, deadline);
  }

  private Optional<Verification> due(CodeRequest request) {
    return verifications.find(request.verification()).filter(one -> one.code() == request.number());
  }

  private void deliver(
      CodeRequest request,
      Verification verification,
      Channel channel,
      String contact,
      Deadline deadline) {
    requireTime(deadline, channel);
    // A repeat of a request that died may begin a verification anew under the same id.
    String asked = verification.codeAt().toString();
    Claim claim = ledger.claim(row(request), asked, lease);
    Optional<Claim.Granted> granted = claim.asGranted();
    if (granted.isPresent()) {
      call(request, verification, channel, contact, deadline, granted.get());
    } else if (claim.isBusy()) {
      throw later(channel);
    } else {
      claim.asInDoubt().ifPresent(doubt -> ledger.doubt(doubt.fence()));
      log.info("code-settled-before", "channel", channel.word());
    }
  }

  /** The claim may have taken long, so we check again whether the code is still of use. */
  private void call(
      CodeRequest request,
      Verification verification,
      Channel channel,
      String contact,
      Deadline deadline,
      Claim.Granted claim) {
    if (due(request).isEmpty() || !limits.countCode(channel)) {
      ledger.done(claim.fence(), NOT_SENT);
      log.info("code-not-sent", "channel", channel.word());
      return;
    }
    if (!deadline.leaves(CALL_TIME)) {
      ledger.release(claim.fence(), claim.before());
      throw later(channel);
    }
    record(provider.deliver(rendered(request, verification, contact)), channel, contact, claim);
  }

  private RenderedMessage rendered(CodeRequest request, Verification verification, String contact) {
    Translation words = translations.of(verification.language());
    String code = verifications.code(request.verification(), request.number());
    ContactPoint to = verification.contact();
    return switch (to.medium()) {
      case EMAIL ->
          compose.codeMail(
              row(request).toString(), code, words, new Recipient.At(to.address(), contact));
      case SMS -> compose.codeText(code, words, to.address());
    };
  }

  private void record(DeliveryResult result, Channel channel, String contact, Claim.Granted claim) {
    boolean isSettled =
        result.accept(
            new DeliveryResult.Visitor<Boolean>() {
              @Override
              public Boolean accepted(DeliveryResult.Accepted accepted) {
                ledger.done(claim.fence(), accepted.id());
                log.info("code-sent", "channel", channel.word(), "external", accepted.id());
                return true;
              }

              /** Anybody can type an address that no provider takes, so this is no error. */
              @Override
              public Boolean rejected(DeliveryResult.Rejected rejected) {
                if (channel == Channel.SMS && rejected.isOptOut()) {
                  contacts.refusedCode(channel, contact, "opted-out");
                }
                ledger.done(claim.fence(), NOT_SENT);
                log.warn("code-rejected", "channel", channel.word(), "code", rejected.code());
                return true;
              }

              @Override
              public Boolean unknown(DeliveryResult.Unknown unknown) {
                ledger.doubt(claim.fence());
                log.warn("code-doubt", "channel", channel.word(), "code", unknown.code());
                return true;
              }

              @Override
              public Boolean notSetUp(DeliveryResult.NotSetUp wrong) {
                ledger.release(claim.fence(), claim.before());
                log.error("message-not-set-up", "channel", channel.word(), "code", wrong.code());
                return false;
              }

              @Override
              public Boolean notSent(DeliveryResult.NotSent failed) {
                ledger.release(claim.fence(), claim.before());
                log.warn("message-not-sent", "channel", channel.word(), "code", failed.code());
                return false;
              }
            });
    if (!isSettled) {
      throw later(channel);
    }
  }

  private void requireTime(Deadline deadline, Channel channel) {
    if (!deadline.leaves(CALL_TIME)) {
      throw later(channel);
    }
  }

  private static UnavailableException later(Channel channel) {
    return new UnavailableException("codes by " + channel.word(), RetryAfter.USUAL);
  }

  private static RowKey row(CodeRequest request) {
    return new RowKey("verification#" + request.verification(), "message#" + request.number());
  }

  private static Channel channel(ContactPoint contact) {
    return switch (contact.medium()) {
      case EMAIL -> Channel.EMAIL;
      case SMS -> Channel.SMS;
    };
  }
}
