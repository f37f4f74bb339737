package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.ShortLinks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short link of a text message leads to its visit. A guessed short link leads nowhere. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class FollowLinkTest extends BookingCase {
  private static final String UNKNOWN = "7xKq2mVb9TzRd";

  @Inject ShortLinks links;
  @Inject SignedTokens tokens;

  @Test
  void itLeadsToThePageOfTheVisitWithAGoodToken() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));

    Answer found = calls.follow(code(booked.id()));

    assertThat(found.status()).isEqualTo(302);
    assertThat(found.text()).isEmpty();
    assertThat(found.headers())
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Referrer-Policy", "no-referrer");
    String page = found.headers().get("Location");
    String form = booked.body().at("/manage/url").asText().replaceFirst("token=.*", "token=");
    assertThat(page).startsWith(form);
    assertThat(calls.read(booked.id(), page.substring(form.length())).status()).isEqualTo(200);
  }

  @Test
  void whatIsUnknownMalformedOrOverIsTheSameToEverybody() {
    Answer unknown = calls.follow(UNKNOWN);
    String over = code("a-visit");
    clock.move(Duration.ofDays(367));

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("detail").asText()).contains("call the clinic at +1");
    List<Answer> all =
        Stream.of(
                over,
                "x",
                UNKNOWN + "x",
                UNKNOWN.toLowerCase(Locale.ROOT),
                "' or 1",
                "..",
                "\u0131")
            .map(calls::follow)
            .toList();
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(one.status()).isEqualTo(404);
              assertThat(one.text()).isEqualTo(unknown.text());
              assertThat(one.headers()).isEqualTo(unknown.headers());
            });
  }

  @Test
  void guessingIsLimitedTogetherWithTheOtherWaysToAVisit() {
    Practice strict = Practices.with(new Practice.Limits(99, 3, 99, 99, 99, 99, 99));
    CallLimits limits = new CallLimits(strict, rows, clock, tokens);
    FollowLink follow = new FollowLink(links, limits, strict);
    String code = code("a-visit");
    clock.set(clock.instant().truncatedTo(ChronoUnit.MINUTES));

    limits.countManaging("192.0.2.9");
    assertThat(follow.answer(request(code)).getStatusCode()).isEqualTo(302);
    assertThatThrownBy(() -> follow.answer(request(UNKNOWN))).hasMessageEndingWith("not-found");
    assertThatThrownBy(() -> follow.answer(request(code)))
        .isInstanceOf(ProblemException.class)
        .hasMessageEndingWith("too-many-requests");
  }

  @Test
  void neitherCodeNorTokenIsLogged() {
    String code = code("a-visit");

    try (LogLines log = new LogLines()) {
      String page = calls.follow(code).headers().get("Location");
      calls.follow(UNKNOWN);

      assertThat(log.text())
          .contains("route=GET /m/{code}")
          .doesNotContain(code, UNKNOWN, page.substring(page.indexOf("token=")), "canvas resource");
    }
  }

  private String code(String root) {
    String url = links.url(root, clock.instant());
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static Request request(String code) {
    return Events.of("GET", "/m/{code}").pathParameter("code", code).from("192.0.2.9").request();
  }
}
