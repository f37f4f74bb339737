package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import clinic.scheduling.confirmations.render.ComposeMessage.RenderedMessage;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.SesClientBuilder;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Sends e-mail through Amazon SES, SMS through Amazon SNS, and messages in the chart through
 * Canvas. None of the three accepts a message id of ours with which we could query the message
 * later. So no call is ever repeated here.
 */
@Singleton
final class Providers implements DeliverMessage {
  private static final Map<String, MessageAttributeValue> TRANSACTIONAL =
      Map.of(
          "AWS.SNS.SMS.SMSType",
          MessageAttributeValue.builder().dataType("String").stringValue("Transactional").build());

  private final SesClient ses;
  private final SnsClient sns;
  private final Canvas canvas;
  private final Clock clock;
  private final Optional<String> configurationSet;

  @Inject
  Providers(
      SesClient ses, SnsClient sns, Canvas canvas, Clock clock, MessagesSettings.Mail settings) {
    this.ses = ses;
    this.sns = sns;
    this.canvas = canvas;
    this.clock = clock;
    this.configurationSet = settings.configurationSet().filter(name -> !name.isBlank());
  }

  @Override
  public DeliveryResult deliver(RenderedMessage message) {
    try {
      return message.fold(this::mail, this::text, this::chart);
    } catch (SdkException e) {
      return ProviderAnswer.resultOf(e);
    }
  }

  /**
   * Sends a raw message, because only a raw message can carry an invitation. SES returns the tags
   * in each report about the mail.
   */
  private DeliveryResult mail(RenderedMessage.Mail mail) {
    return new DeliveryResult.Accepted(
        ses.sendRawEmail(
                send -> {
                  send.rawMessage(raw -> raw.data(SdkBytes.fromByteArray(mail.mime())))
                      .tags(tag("message", mail.tag()), tag("contact", mail.contact()));
                  configurationSet.ifPresent(send::configurationSetName);
                })
            .messageId());
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  /** Sends an SMS. AWS does not deliver to numbers whose owners have opted out. */
  private DeliveryResult text(RenderedMessage.Text text) {
    return new DeliveryResult.Accepted(
        sns.publish(
                publish ->
                    publish
                        .phoneNumber(text.number().value())
                        .message(text.text())
                        .messageAttributes(TRANSACTIONAL))
            .messageId());
  }

  /**
   * Writes a message from the clinician, which the patient sees in the chart and in the app (FHIR
   * Communication, docs/facts/canvas.md 4.4).
   */
  private DeliveryResult chart(RenderedMessage.Chart chart) {
    WriteOutcome outcome =
        canvas.create(
            Communication.toPatient(
                chart.patient(), chart.practitioner(), chart.text(), clock.instant()));
    return outcome.accept(
        new WriteOutcome.Visitor<>() {
          @Override
          public DeliveryResult written(WriteOutcome.Written written) {
            return new DeliveryResult.Accepted(written.id());
          }

          @Override
          public DeliveryResult unknown(WriteOutcome.Unknown unknown) {
            return new DeliveryResult.Unknown("canvas");
          }

          @Override
          public DeliveryResult refused(WriteOutcome.Refused refused) {
            return new DeliveryResult.Rejected("canvas-" + refused.status());
          }

          @Override
          public DeliveryResult timeTaken(WriteOutcome.TimeTaken taken) {
            return new DeliveryResult.Rejected("canvas");
          }

          @Override
          public DeliveryResult changed(WriteOutcome.Changed changed) {
            return new DeliveryResult.Rejected("canvas");
          }

          @Override
          public DeliveryResult absent(WriteOutcome.Absent absent) {
            return new DeliveryResult.Rejected("canvas");
          }
        });
  }

  /**
   * Makes the clients of SES and SNS. They differ from the defaults of the SDK in two ways:
   *
   * <ul>
   *   <li>They never retry. By default, the SDK retries a call that got no answer, and a patient
   *       could get a message twice.
   *   <li>They open a new connection for each call, because of the header {@code Connection:
   *       close}. A connection that was kept alive may have died while the process was frozen. A
   *       call on it would leave the outcome unknown without need.
   * </ul>
   *
   * <p>Time-outs, region and credentials come from the settings of the Quarkus extension.
   */
  @Singleton
  static final class Clients {

    @Produces
    @Singleton
    SesClient ses(SesClientBuilder builder) {
      return withoutRetries(builder).build();
    }

    @Produces
    @Singleton
    SnsClient sns(SnsClientBuilder builder) {
      return withoutRetries(builder).build();
    }

    void close(@Disposes SesClient client) {
      client.close();
    }

    void close(@Disposes SnsClient client) {
      client.close();
    }

    private static <B extends SdkClientBuilder<B, ?>> B withoutRetries(B builder) {
      return builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .retryStrategy(AwsRetryStrategy.doNotRetry())
              .putHeader("Connection", "close")
              .build());
    }
  }
}
