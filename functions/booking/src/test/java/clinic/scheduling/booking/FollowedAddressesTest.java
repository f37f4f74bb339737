package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.core.visit.ShortLinks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links work in the form in which mail programs and messengers pass them on. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class FollowedAddressesTest extends BookingCase {
  @Inject ShortLinks links;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fbclid=IwAR0abc",
        "utm_source=sms&utm_medium=text&utm_source=again",
        "amp;utm_source=mail",
        "gclid",
        "q=50%",
        "%zz=%",
        "&&=&",
        "token=of+somebody+else"
      })
  void parametersThatOthersAddAreIgnored(String added) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String token = inviteToken(booked);

    Answer followed = calls.follow("GET", code(booked.id()), added);
    Answer invite = calls.invited("GET", booked.id(), "token=" + token + "&" + added);

    assertThat(followed.status()).isEqualTo(302);
    assertThat(invite.status()).isEqualTo(200);
    assertThat(invite.text()).startsWith("BEGIN:VCALENDAR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".", ",", ";", ":", "!", "?", "...", ")", ").", "]", "}", ">", "\"", "'", "\u2019",
        "\u201d", "\u00bb", "\u2026", "\u3002", "*", "~", "|", "\\", "\u00a0", "\u200b", "\r\n", " "
      })
  void punctuationBehindTheAddressIsIgnored(String behind) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String token = inviteToken(booked);

    Answer followed = calls.follow(code(booked.id()) + behind);
    Answer invite = calls.invited("GET", booked.id(), "token=" + token + escaped(behind));
    Answer between = calls.invited("GET", booked.id(), "token=" + token + escaped(behind) + "&a=b");

    assertThat(followed.status()).isEqualTo(302);
    assertThat(invite.status()).isEqualTo(200);
    assertThat(between.status()).isEqualTo(200);
  }

  @Test
  void whatIsNotPunctuationIsStillAnotherCodeOrToken() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String token = inviteToken(booked);

    assertThat(calls.follow(code(booked.id()) + ".x").status()).isEqualTo(404);
    assertThat(calls.follow("(" + code(booked.id())).status()).isEqualTo(404);
    assertThat(calls.invited("GET", booked.id(), "token=" + token + "x").status()).isEqualTo(401);
    assertThat(calls.invited("GET", booked.id(), "token=.").status()).isEqualTo(401);
    assertThat(calls.invited("GET", booked.id(), "token=").status()).isEqualTo(401);
    assertThat(calls.invited("GET", booked.id(), "Token=" + token).status()).isEqualTo(401);
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String query = "token=" + inviteToken(booked) + "&utm_source=mail";
    String code = code(booked.id());

    assertHeadOf(
        calls.invited("GET", booked.id(), query), calls.invited("HEAD", booked.id(), query), 200);
    assertHeadOf(calls.follow("GET", code, ""), calls.follow("HEAD", code, ""), 302);
    assertHeadOf(calls.follow("GET", "x", ""), calls.follow("HEAD", "x", ""), 404);
    assertHeadOf(
        calls.invited("GET", booked.id(), ""), calls.invited("HEAD", booked.id(), ""), 401);
  }

  @Test
  void callsOfProgramsStayStrict() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));

    assertThat(calls.read(booked.id() + "?utm_source=x", booked.token()).type())
        .isEqualTo("invalid-request");
  }

  private static void assertHeadOf(Answer get, Answer head, int status) {
    assertThat(get.status()).isEqualTo(status);
    assertThat(head.status()).isEqualTo(status);
    assertThat(head.headers()).isEqualTo(get.headers());
    assertThat(head.text()).isEmpty();
  }

  private static String inviteToken(Answer booked) {
    return booked.body().at("/calendar/ics").asText().replaceFirst(".*token=", "");
  }

  private String code(String root) {
    String url = links.url(root, clock.instant());
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
