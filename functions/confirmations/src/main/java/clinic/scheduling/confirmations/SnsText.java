package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** SMS by Amazon SNS. Numbers that have opted out are left out by AWS, whatever we ask. */
@Singleton
final class SnsText {
  private static final Map<String, MessageAttributeValue> TRANSACTIONAL =
      Map.of(
          "AWS.SNS.SMS.SMSType",
          MessageAttributeValue.builder().dataType("String").stringValue("Transactional").build());

  private final SnsClient sns;

  @Inject
  SnsText(SnsClient sns) {
    this.sns = sns;
  }

  /** Calls SNS once. */
  DeliveryResult send(Phi<String> number, String text) {
    try {
      return new DeliveryResult.Accepted(
          sns.publish(
                  publish ->
                      publish
                          .phoneNumber(number.value())
                          .message(text)
                          .messageAttributes(TRANSACTIONAL))
              .messageId());
    } catch (SdkException e) {
      return ProviderAnswer.to(e);
    }
  }
}
