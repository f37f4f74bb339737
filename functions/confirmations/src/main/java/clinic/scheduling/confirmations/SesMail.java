package clinic.scheduling.confirmations;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageTag;

/** E-mail by Amazon SES, as a raw message, since only that carries an invitation. */
@Singleton
final class SesMail {
  private static final String MESSAGE = "message";
  private static final String CONTACT = "contact";

  private final SesClient ses;
  private final Optional<String> configurationSet;

  @Inject
  SesMail(SesClient ses, MessagesSettings.Mail mail) {
    this.ses = ses;
    this.configurationSet = mail.configurationSet().filter(name -> !name.isBlank());
  }

  /**
   * Calls SES once.
   *
   * @param tag the name of the message, which comes back with every event about it
   * @param contact the name of the contact point, {@link Contacts#name}, which does too
   */
  DeliveryResult send(byte[] mime, String tag, String contact) {
    try {
      return new DeliveryResult.Accepted(
          ses.sendRawEmail(
                  send -> {
                    send.rawMessage(raw -> raw.data(SdkBytes.fromByteArray(mime)))
                        .tags(tag(MESSAGE, tag), tag(CONTACT, contact));
                    configurationSet.ifPresent(send::configurationSetName);
                  })
              .messageId());
    } catch (SdkException e) {
      return ProviderAnswer.to(e);
    }
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }
}
