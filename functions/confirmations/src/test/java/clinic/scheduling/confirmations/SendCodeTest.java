package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.message.BadMessageRequestException;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.ReadMail;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.verification.ContactPoint;
import clinic.scheduling.core.verification.ContactPoint.Medium;
import clinic.scheduling.core.verification.Verifications;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.messages.OutboxMessage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A code goes once to the contact point that was typed, and nobody else learns anything. */
@QuarkusTest
class SendCodeTest extends SendMessageCase {
  private static final String NUMBER = "+12065550142";
  private static final String REQUEST =
      "{\"patient\":{\"given\":\"Averycanary\",\"family\":\"Canaryson\"}}";

  @Inject Verifications verifications;
  @Inject Contacts contacts;
  private String id;

  @BeforeEach
  void newId() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    id = verifications.newId();
  }

  @AfterEach
  void today() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void aCodeGoesOnceToTheAddressThatWasTyped() throws Exception {
    begin(Medium.EMAIL, EMAIL, "en");

    code(1);
    code(1);

    assertThat(sandbox.outbox().messages()).hasSize(1);
    OutboxMessage mail = sent("email").get(0);
    ReadMail read = read(mail);
    assertThat(mail.to()).isEqualTo(EMAIL);
    assertThat(read.subject()).isEqualTo("Harbor Health: your code is " + right(1));
    assertThat(read.text(0))
        .contains("Hello,", "Harbor Health", "Code: " + right(1), "10 minutes", "If you did not")
        .doesNotContain("http", "anary");
    assertThat(read.text(1)).contains(right(1)).doesNotContain("http", "anary");
    assertThat(read.types()).doesNotContain("text/calendar");
  }

  @Test
  void aCodeGoesByTextIfAnAddressWasNotTyped() {
    begin(Medium.SMS, NUMBER, "en");

    code(1);
    code(1);

    assertThat(sandbox.outbox().messages()).hasSize(1);
    assertThat(sent("sms").get(0).to()).isEqualTo(NUMBER);
    assertThat(sent("sms").get(0).text())
        .startsWith("Harbor Health: " + right(1) + " is your code")
        .contains("10 minutes", "If you did not ask for it", "STOP")
        .doesNotContain("http", "anary")
        .hasSizeLessThanOrEqualTo(160);
  }

  @Test
  void aCodeIsWrittenInTheLanguageThatWasChosen() {
    begin(Medium.SMS, NUMBER, "es-MX");

    code(1);

    assertThat(sent("sms").get(0).text()).contains(right(1), "10 minutos").doesNotContain("your");
  }

  @Test
  void aFurtherCodeIsAnotherMessage() {
    begin(Medium.EMAIL, EMAIL, "en");
    code(1);
    verifications.nextCode(verifications.find(id).orElseThrow());

    code(2);
    code(1);

    assertThat(sent("email")).extracting(OutboxMessage::subject).hasSize(2);
    assertThat(sent("email").get(1).subject()).contains(right(2));
  }

  @Test
  void aCodeThatHasBeenReplacedIsNotSent() {
    begin(Medium.EMAIL, EMAIL, "en");
    verifications.nextCode(verifications.find(id).orElseThrow());

    code(1);

    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  /** The process died before it knew that the verification had begun, and the repeat came late. */
  @Test
  void aVerificationThatBeginsAnewUnderItsIdGetsItsCode() {
    begin(Medium.EMAIL, EMAIL, "en");
    code(1);
    clock.move(Duration.ofMinutes(10));
    begin(Medium.EMAIL, EMAIL, "en");

    code(1);
    code(1);

    assertThat(sent("email")).hasSize(2);
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    begin(Medium.EMAIL, EMAIL, "en");
    String cancelled = id;
    verifications.cancel(id);
    code(1);
    id = verifications.newId();
    begin(Medium.EMAIL, EMAIL, "en");
    clock.move(Duration.ofMinutes(10));

    code(1);

    assertThat(cancelled).isNotEqualTo(id);
    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"EMAIL, " + EMAIL, "SMS, " + NUMBER})
  void aSuppressedContactPointGetsNoCode(Medium medium, String address) {
    Channel channel = Channel.valueOf(medium.name());
    String contact = contacts.name(channel, Phi.of(address));
    if (channel == Channel.SMS) {
      contacts.optedOut(contact, Optional.empty());
    } else {
      contacts.bounced(contact, Optional.empty());
    }
    begin(medium, address, "en");

    code(1);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("suppressed channel=" + channel.word());
  }

  @Test
  void aCodeThatWasNotSentIsTriedAgain() {
    begin(Medium.EMAIL, EMAIL, "en");
    fault(Fault.Kind.STATUS, "POST /ses", 400, "Throttling");
    assertThatThrownBy(() -> code(1)).isInstanceOf(UnavailableException.class);

    code(1);

    assertThat(sent("email")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STATUS", "CUT_AFTER_EFFECT"})
  void aCodeOfWhichNobodyKnowsWhetherItWentOutIsNotSentAgain(Fault.Kind kind) {
    begin(Medium.EMAIL, EMAIL, "en");
    fault(kind, "POST /ses", 500, "InternalFailure");
    code(1);
    int sent = sent("email").size();

    code(1);
    clock.move(Duration.ofMinutes(5));
    code(1);

    assertThat(sent("email")).hasSize(sent);
    assertThat(rows.text()).doesNotContain("trouble#");
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void aCodeThatAProviderRefusesIsNobodysTrouble() {
    begin(Medium.EMAIL, "nobody@example.invalid", "en");
    fault(Fault.Kind.STATUS, "POST /ses", 400, "MessageRejected");
    code(1);
    code(1);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(rows.text()).doesNotContain("trouble#");
    assertThat(log.errors()).isEmpty();
  }

  /** The table is lost after some writes, and the message is delivered again after every lease. */
  @Test
  void aWorkerThatDiesAnywhereSendsNoSecondCode() {
    contacts.name(Channel.EMAIL, Phi.of(EMAIL)); // makes the key of the digests
    int died = 0;
    for (int writes = 0; ; writes++) {
      sandbox.outbox().clear();
      id = verifications.newId();
      begin(Medium.EMAIL, EMAIL, "en");
      rows.loseAfter(writes);
      boolean lost = false;
      try {
        code(1);
      } catch (IllegalStateException e) {
        lost = true;
        died++;
      }
      rows.recover();
      clock.move(Duration.ofSeconds(45));
      code(1);
      code(1);
      assertThat(sent("email")).as("table lost after %d writes", writes).hasSizeLessThan(2);
      if (!lost) {
        assertThat(sent("email")).hasSize(1);
        break;
      }
    }
    assertThat(died).isGreaterThan(1);
  }

  @Test
  void codesMayUseHalfOfTheMessagesOfADay() {
    MessageLimits limits = new MessageLimits(rows, practice, clock);
    int half = practice.messages().caps().smsPerDay() / 2;
    int counted = 0;
    for (int i = 0; i < half + 5; i++) {
      counted += limits.countCode(Channel.SMS) ? 1 : 0;
    }
    begin(Medium.SMS, NUMBER, "en");
    code(1);

    assertThat(counted).isEqualTo(half);
    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.errors()).contains("code-cap-reached channel=sms");
    deliver(booked(), 0, clinic.scheduling.core.queue.Change.BOOKED);
    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void aBouncedCodeSuppressesItsAddressAndNobodyIsTroubled() {
    begin(Medium.EMAIL, EMAIL, "en");
    code(1);
    OutboxMessage mail = sent("email").get(0);
    String bounce =
        """
        {"eventType":"Bounce","bounce":{"bounceType":"%s"},
         "mail":{"messageId":"m-1","destination":["%s"],
           "tags":{"message":["%s"],"contact":["%s"]}}}""";
    String contact = mail.tags().get("contact");

    report(bounce.formatted("Transient", EMAIL, mail.tags().get("message"), contact));
    assertThat(contacts.isSuppressed(contact, false)).isFalse();
    report(bounce.formatted("Permanent", EMAIL, mail.tags().get("message"), contact));

    assertThat(contacts.isSuppressed(contact, false)).isTrue();
    assertThat(rows.text()).doesNotContain("trouble#", "waiting#");
  }

  @Test
  void whatIsNoRequestForACodeIsRefused() {
    for (String body :
        new String[] {
          "{\"v\":2}",
          "{\"v\":2,\"verification\":\"x\",\"code\":1}",
          "{\"v\":2,\"verification\":\"" + id + "\"}",
          "{\"v\":2,\"verification\":\"" + id + "\",\"code\":4}",
          "{\"v\":2,\"verification\":\"" + id + "#\",\"code\":1}",
          "{\"v\":3,\"verification\":\"" + id + "\",\"code\":1}",
        }) {
      assertThatThrownBy(() -> deliver(body, 1))
          .as(body)
          .isInstanceOf(BadMessageRequestException.class)
          .hasMessageNotContaining(id);
    }
  }

  /** During a deployment, a function of the version before may get the message. */
  @Test
  void whoKnowsOnlyVersionOneRefusesACode() {
    assertThatThrownBy(() -> MessageRequest.parse(body(1), mapper))
        .isInstanceOf(BadMessageRequestException.class)
        .hasMessageContaining("v");
  }

  @Test
  void neitherCodeNorContactNorIdStandsInTheLogOrTheTable() throws Exception {
    begin(Medium.EMAIL, EMAIL, "en");
    String before = rows.text();
    code(1);
    String code = right(1);

    assertThat(log.text()).contains("code-sent").doesNotContain(code, id, "anary");
    assertThat(before + rows.text()).doesNotContain(code, "anary", "2065550142");
    assertThat(new String(Base64.getDecoder().decode(sent("email").get(0).raw()), "US-ASCII"))
        .doesNotContain(id);
  }

  private void begin(Medium medium, String address, String language) {
    verifications.begin(
        id, new ContactPoint(medium, Phi.of(address)), Optional.of(language), REQUEST);
  }

  private String right(int number) {
    return verifications.code(id, number);
  }

  private void code(int number) {
    deliver(body(number), 1);
  }

  private String body(int number) {
    return "{\"v\":2,\"verification\":\"%s\",\"code\":%d}".formatted(id, number);
  }
}
