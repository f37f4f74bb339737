package clinic.scheduling.confirmations;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageTag;

/** E-mail by Amazon SES, as a raw message, since only that carries an invitation. */
@Singleton
final class SesMail {
  private static final String TAG = "message";

  private final SesClient ses;

  @Inject
  SesMail(SesClient ses) {
    this.ses = ses;
  }

  /**
   * Calls SES once.
   *
   * @param tag the name of the message, which comes back with every event about it
   */
  Sending send(byte[] mime, String tag) {
    try {
      return new Sending.Accepted(
          ses.sendRawEmail(
                  send ->
                      send.rawMessage(raw -> raw.data(SdkBytes.fromByteArray(mime)))
                          .tags(MessageTag.builder().name(TAG).value(tag).build()))
              .messageId());
    } catch (SdkException e) {
      return ProviderAnswer.to(e);
    }
  }
}
