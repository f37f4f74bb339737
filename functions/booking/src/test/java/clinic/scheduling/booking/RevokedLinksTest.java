package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ShortLinks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that the clinic has revoked opens nothing. A link that is sent after that works. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class RevokedLinksTest extends BookingCase {
  @Inject LinkGenerations generations;
  @Inject ShortLinks links;

  private Instant start;
  private String key;
  private String body;
  private Answer booked;

  @BeforeEach
  void aVisit() {
    start = desk.freshStart();
    key = Desk.key();
    body = desk.body(desk.office(start));
    booked = calls.book(key, body);
  }

  @Test
  void everyTokenOfBeforeIsAnsweredAsAForgedOne() {
    Answer forged = calls.read(booked.id(), booked.token() + "x");
    generations.revoke(booked.id());

    List<Answer> all =
        List.of(
            calls.read(booked.id(), booked.token()),
            calls.cancel(booked.id(), booked.token(), Desk.key(), "{}"),
            calls.move(booked.id(), booked.token(), Desk.key(), desk.freshSlot()),
            calls.invite(booked.id(), booked.token()),
            calls.get(booked.body().at("/calendar/ics").asText()),
            calls.read("00000000-0000-4000-8000-000000000000", booked.token()));

    assertThat(forged.status()).isEqualTo(401);
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(one.text()).isEqualTo(forged.text());
              assertThat(one.headers()).isEqualTo(forged.headers());
            });
    assertThat(standingAt(start)).hasSize(1);
  }

  @Test
  void theShortLinkOfBeforeIsAnsweredAsOneThatNeverWas() {
    String code = code();
    Answer unknown = calls.follow("7xKq2mVb9TzRd");
    generations.revoke(booked.id());

    Answer revoked = calls.follow(code);
    Answer next = calls.follow(code());

    assertThat(revoked.status()).isEqualTo(404);
    assertThat(revoked.text()).isEqualTo(unknown.text());
    assertThat(next.status()).isEqualTo(302);
    String page = next.headers().get("Location");
    assertThat(calls.read(booked.id(), page.replaceFirst(".*token=", "")).status()).isEqualTo(200);
  }

  @Test
  void whatTheSiteGetsFromThenOnIsGood() {
    generations.revoke(booked.id());

    Answer repeat = calls.book(key, body);
    Answer read = calls.read(booked.id(), repeat.token());

    assertThat(read.status()).isEqualTo(200);
    assertThat(calls.get(read.body().at("/calendar/ics").asText()).status()).isEqualTo(200);
    assertThat(calls.cancel(booked.id(), read.token(), Desk.key(), "{}").status()).isEqualTo(200);
    generations.revoke(booked.id());
    assertThat(calls.read(booked.id(), repeat.token()).status()).isEqualTo(401);
  }

  @Test
  void anotherVisitOfThePatientKeepsItsLinks() {
    Answer other = calls.book(Desk.key(), body.replace(desk.office(start), desk.freshSlot()));
    generations.revoke(booked.id());

    assertThat(calls.read(other.id(), other.token()).status()).isEqualTo(200);
  }

  @Test
  void nothingOpensWhileNobodyCanTellWhatIsRevoked() {
    String code = code();
    generations.revoke(booked.id());
    table.hides("links");

    List<Answer> all =
        List.of(
            calls.read(booked.id(), booked.token()),
            calls.cancel(booked.id(), booked.token(), Desk.key(), "{}"),
            calls.get(booked.body().at("/calendar/ics").asText()),
            calls.follow(code));

    assertThat(all).extracting(Answer::status).containsOnly(503);
    assertThat(standingAt(start)).hasSize(1);
  }

  private String code() {
    String url = links.url(booked.id(), clock.instant());
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
