package clinic.scheduling.sandbox.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.ses.model.SesException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** The AWS clients of the functions work with the stand-ins. */
class OutboxTest {
  private static final String MAIL =
      """
      From: Harbor Health <visits@example.invalid>
      To: Pat Example <pat@example.invalid>
      Subject: =?UTF-8?Q?Your_visit_=E2=80=93_Harbor?=
      Date: Mon, 02 Feb 2026 10:00:00 -0800
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="m"

      --m
      Content-Type: multipart/alternative; boundary="a"

      --a
      Content-Type: text/plain; charset=UTF-8
      Content-Transfer-Encoding: quoted-printable

      You are booked =E2=80=93 9 AM
      --a
      Content-Type: text/calendar; method=REQUEST; charset=UTF-8

      BEGIN:VCALENDAR
      END:VCALENDAR
      --a--
      --m--
      """
          .replace("\n", "\r\n");

  private final MessagesSandbox messages =
      new MessagesSandbox(Clock.fixed(Instant.parse("2026-02-02T18:00:00Z"), ZoneOffset.UTC));
  private Server server;
  private SesClient ses;
  private SnsClient sns;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(0);
    messages.mount(server);
    server.mount("/", messages::signed);
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("sandbox", "sandbox"));
    ses =
        SesClient.builder()
            .endpointOverride(server.url())
            .region(Region.US_WEST_2)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    sns =
        SnsClient.builder()
            .endpointOverride(server.url())
            .region(Region.US_WEST_2)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void stop() {
    ses.close();
    sns.close();
    server.close();
  }

  @Test
  void aMailIsInTheOutboxWithItsTextDecodedAndItsBytesKept() throws Exception {
    String id = ses.sendRawEmail(mail(MAIL)).messageId();

    JsonNode message = outbox("").path("messages").get(0);
    assertThat(message.path("id").asText()).isEqualTo(id);
    assertThat(message.path("channel").asText()).isEqualTo("email");
    assertThat(message.path("to").asText()).isEqualTo("pat@example.invalid");
    assertThat(message.path("at").asText()).isEqualTo("2026-02-02T18:00:00Z");
    assertThat(message.path("subject").asText()).isEqualTo("Your visit – Harbor");
    assertThat(message.path("text").asText().strip()).isEqualTo("You are booked – 9 AM");
    assertThat(
            new String(
                Base64.getDecoder().decode(message.path("raw").asText()), StandardCharsets.UTF_8))
        .isEqualTo(MAIL);
    assertThat(message.has("tags")).isFalse();
  }

  @Test
  void aTextMessageIsInTheOutboxAfterTheMailBeforeIt() throws Exception {
    ses.sendRawEmail(mail(MAIL));
    sns.publish(
        p -> p.phoneNumber("+15555550123").message("You are booked").messageAttributes(type()));

    JsonNode message = outbox("").path("messages").get(1);
    assertThat(message.path("channel").asText()).isEqualTo("sms");
    assertThat(message.path("to").asText()).isEqualTo("+15555550123");
    assertThat(message.path("text").asText()).isEqualTo("You are booked");
    assertThat(message.get("raw").isNull() && message.get("subject").isNull()).isTrue();
  }

  @Test
  void tagsAreListedWithTheEvents() throws Exception {
    SendRawEmailRequest tagged =
        mail(MAIL).toBuilder()
            .destinations("pat@example.invalid", "kim@example.invalid")
            .tags(MessageTag.builder().name("key").value("bk-1_created").build())
            .build();
    ses.sendRawEmail(tagged);

    JsonNode event = outbox("/events").path("events").get(0);
    assertThat(event.at("/tags/key").asText()).isEqualTo("bk-1_created");
    assertThat(event.path("to").asText()).isEqualTo("pat@example.invalid, kim@example.invalid");
  }

  @Test
  void theOutboxIsEmptiedByDelete() throws Exception {
    ses.sendRawEmail(mail(MAIL));

    assertThat(Http.to(server.url()).delete("/outbox").status()).isEqualTo(204);

    assertThat(outbox("").path("messages")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"From", "To", "Date", "Subject", "MIME-Version", "Content-Type"})
  void aMailWithoutANeededHeaderIsRefused(String header) {
    String without = MAIL.replaceFirst("(?m)^" + header + ": .*\r\n", "");

    refused(without);
  }

  @Test
  void aMailThatServersWouldNotCarryIsRefused() {
    refused(MAIL.replace("pat@example.invalid", "pat example"));
    refused(MAIL.replace("You are", "x".repeat(1001)));
    refused(MAIL.replace("You are", "Grüße"));
    refused(MAIL.replace("text/plain", "text/html"));
    refused(MAIL.replace("From:", "From: a@example.invalid\r\nFrom:"));
    assertThat(messages.outbox().messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5555550123", "+1 555 555 0123", "+0555555012", "+1555555012345678"})
  void aPhoneNumberThatIsNotE164IsRefused(String phone) {
    assertThatThrownBy(() -> sns.publish(p -> p.phoneNumber(phone).message("hello")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void anUnsignedCallAndBadBase64AreRefused() throws Exception {
    Http http = Http.to(server.url());
    String[] form = {
      "Action", "SendRawEmail", "Version", "2010-12-01", "RawMessage.Data", "not base64!"
    };
    Http signed =
        http.with("X-Amz-Date", "20260202T180000Z")
            .with(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=a/20260202/us-west-2/ses/aws4_request,"
                    + " SignedHeaders=host, Signature=0");

    assertThat(http.form("/ses", form).status()).isEqualTo(403);
    assertThat(signed.form("/ses", form).body()).contains("RawMessage.Data is not base64");
    assertThat(signed.form("/sns", form).body()).contains("SignatureDoesNotMatch");
  }

  @Test
  void aThrottledMailIsNotSentAndALostAnswerHidesAMail() throws Exception {
    Http control = Http.to(server.url());
    control.json("POST", "/messages-control/faults", "{\"status\":400,\"match\":\"POST /ses\"}");
    assertThatThrownBy(() -> ses.sendRawEmail(mail(MAIL)))
        .isInstanceOfSatisfying(
            SesException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("Throttling"));
    assertThat(messages.outbox().messages()).isEmpty();

    control.json(
        "POST",
        "/messages-control/faults",
        "{\"kind\":\"timeout-after-effect\",\"seconds\":0.1,\"match\":\"POST /ses\"}");
    assertThatThrownBy(() -> ses.sendRawEmail(mail(MAIL))).isInstanceOf(SdkClientException.class);
    assertThat(messages.outbox().messages()).hasSize(1);
  }

  private void refused(String mail) {
    assertThatThrownBy(() -> ses.sendRawEmail(mail(mail)))
        .isInstanceOfSatisfying(
            SesException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue"));
  }

  private static SendRawEmailRequest mail(String mime) {
    return SendRawEmailRequest.builder()
        .rawMessage(m -> m.data(SdkBytes.fromUtf8String(mime)))
        .build();
  }

  private static Map<String, MessageAttributeValue> type() {
    return Map.of(
        "AWS.SNS.SMS.SMSType",
        MessageAttributeValue.builder().dataType("String").stringValue("Transactional").build());
  }

  private JsonNode outbox(String path) throws Exception {
    return Http.to(server.url()).get("/outbox" + path).json();
  }
}
