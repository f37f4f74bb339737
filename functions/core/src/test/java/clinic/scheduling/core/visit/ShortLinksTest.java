package clinic.scheduling.core.visit;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortLinksTest {
  private static final String SITE = "https://site.example.invalid";
  private static final String PUBLIC = "https://h.example.invalid/";
  private static final Instant END = Instant.parse("2026-02-03T23:00:00Z");
  private static final String OLD = secret(1);
  private static final String NEW = secret(2);
  private final MovableClock clock = MovableClock.at("2026-01-20T10:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);
  private final LinkGenerations generations = new LinkGenerations(rows, clock);
  private final ShortLinks links = links(OLD);

  @Test
  void aCodeLeadsToTheManageLinkOfItsVisit() {
    String url = links.url("appt-1", END);

    assertThat(url).matches("https://h\\.example\\.invalid/m/[1-9A-HJ-NP-Za-km-z]{13}");
    assertThat(links.target(code(url))).contains(manageLink(OLD).url("appt-1", END));
  }

  @Test
  void theSameVisitHasTheSameCodeAndNoOtherHasIt() {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String url = links.url("appt-" + i, END);
      assertThat(links.url("appt-" + i, END)).isEqualTo(url);
      codes.add(code(url));
    }

    assertThat(codes).hasSize(500);
  }

  @Test
  void itLivesAsLongAsTheLinkItStandsForAndAMoveToLaterMakesItLonger() {
    String code = code(links.url("appt-1", END));
    Instant end = manageLink(OLD).expiry(END);

    clock.set(end.minusSeconds(1));
    assertThat(links.target(code)).isPresent();
    clock.set(end);
    assertThat(links.target(code)).isEmpty();

    clock.set(END.minus(Duration.ofDays(1)));
    links.url("appt-1", END.plus(Duration.ofDays(30)));
    links.url("appt-1", END.plus(Duration.ofDays(3)));
    clock.set(end.plus(Duration.ofDays(30)).minusSeconds(1));
    assertThat(links.target(code)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "m", "1111111111111", "11111111111110", "..%2f1111111111", "\u0131", "a b"})
  void whatIsNotACodeLeadsNowhere(String code) {
    links.url("appt-1", END);

    assertThat(links.target(code)).isEmpty();
  }

  @Test
  void everyOtherSpellingOfACodeLeadsNowhere() {
    String code = code(links.url("appt-1", END));

    for (int i = 0; i < code.length(); i++) {
      char other = code.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(links.target(code.substring(0, i) + other + code.substring(i + 1))).isEmpty();
    }
  }

  @Test
  void aCodeEndsWithTheSecretThatMadeIt() {
    String code = code(links.url("appt-1", END));
    ShortLinks rotating = links(NEW + "," + OLD);

    assertThat(rotating.target(code)).isPresent();
    String next = code(rotating.url("appt-1", END));
    assertThat(next).isNotEqualTo(code);
    assertThat(links(NEW + ",digest:" + OLD).target(code)).isEmpty();
    assertThat(links(NEW + ",digest:" + OLD).target(next)).isPresent();
  }

  @Test
  void aCodeEndsWithTheLinksThatAreRevoked() {
    String first = code(links.url("appt-1", END));
    String other = code(links.url("appt-2", END));

    generations.revoke("appt-1");
    String next = code(links.url("appt-1", END));

    assertThat(links.target(first)).isEmpty();
    assertThat(next).isNotEqualTo(first);
    assertThat(links.target(next)).contains(manageLink(OLD).url("appt-1", END));
    assertThat(links.target(other)).isPresent();
  }

  @Test
  void whoReadsTheTableFindsNoLink() {
    String code = code(links.url("appt-1", END));

    assertThat(rows.text()).contains("appt-1").doesNotContain(code);
  }

  private ShortLinks links(String secrets) {
    return new ShortLinks(manageLink(secrets), SignedTokens.of(secrets, clock), rows);
  }

  private ManageLink manageLink(String secrets) {
    ManageToken tokens = new ManageToken(SignedTokens.of(secrets, clock));
    return new ManageLink(SITE, PUBLIC, tokens, generations, 1);
  }

  private static String code(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String secret(int number) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) number);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
