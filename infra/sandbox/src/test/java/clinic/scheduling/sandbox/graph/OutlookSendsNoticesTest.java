package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.contract.Contract;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions to the events of a mailbox, and the notices that they send. */
class OutlookSendsNoticesTest {
  private static final String PATH = "/graph/v1.0/subscriptions";
  private static final String SECRET = "a-secret-of-this-test";
  private static final Duration QUIET = Duration.ofMillis(400);

  private Outlook outlook;
  private Subscriber subscriber;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
    subscriber = new Subscriber();
    outlook.control("POST", "/notices", "{\"backoffMs\":20}");
  }

  @AfterEach
  void stop() {
    subscriber.close();
    outlook.close();
  }

  private ObjectNode wish() {
    return Json.object()
        .put("changeType", "created,updated,deleted")
        .put("notificationUrl", subscriber.url())
        .put("lifecycleNotificationUrl", subscriber.url())
        .put("resource", "users/ingrid.testwell@example.invalid/events")
        .put("expirationDateTime", in(Duration.ofDays(2)))
        .put("clientState", SECRET);
  }

  private String in(Duration time) {
    return outlook.clock.instant().plus(time).toString();
  }

  private Http.Answer subscribe(ObjectNode wish) throws Exception {
    return outlook
        .http
        .with("Prefer", "IdType=\"ImmutableId\"")
        .json("POST", PATH, wish.toString());
  }

  private String subscribed(ObjectNode wish) throws Exception {
    Http.Answer answer = subscribe(wish);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asText();
  }

  @Test
  void anAddressAgreesByRepeatingTheDecodedToken() throws Exception {
    Http.Answer made = subscribe(wish());

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().get("clientState").asText()).isEqualTo(SECRET);
    assertThat(subscriber.handshakes()).hasSize(2);
    assertThat(subscriber.handshakes().get(0).header("Content-Type"))
        .hasValue("text/plain; charset=utf-8");
    assertThat(subscriber.handshakes().get(0).query("validationToken").orElseThrow())
        .contains(": ");
    assertThat(outlook.graph.watch().broken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "202, text/plain, 0",
    "200, application/json, 0",
    "200, text/html, 0",
    "200, text/plain, 1"
  })
  void anAddressThatDoesNotAgreeIsRefused(int status, String type, int more) throws Exception {
    subscriber.agreesWith(status, type, token -> token + "x".repeat(more));

    Http.Answer refused = subscribe(wish());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("ValidationError");
    assertThat(outlook.http.get(PATH).json().get("value")).isEmpty();
  }

  @Test
  void theQueryOfAnAddressIsKept() throws Exception {
    subscribed(wish().put("notificationUrl", subscriber.url() + "?mailbox=7"));

    assertThat(subscriber.handshakes().get(0).query("mailbox")).hasValue("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "changeType       | created,renamed",
        "changeType       | ''",
        "resource         | me/events",
        "resource         | users/ingrid.testwell@example.invalid/messages",
        "notificationUrl  | http://clinic.example.invalid/notices",
        "notificationUrl  | notices",
        "lifecycleNotificationUrl | http://clinic.example.invalid/notices",
        "expirationDateTime | 2026-02-01T00:00:00Z",
        "expirationDateTime | 2026-02-09T18:00:01Z",
        "expirationDateTime | soon",
        "id               | chosen",
        "colour           | red"
      })
  void aWrongMemberIsRefused(String member, String value) throws Exception {
    assertThat(subscribe(wish().put(member, value)).status()).isEqualTo(400);
  }

  @Test
  void aStateOfMoreThan128CharactersIsRefused() throws Exception {
    assertThat(subscribe(wish().put("clientState", "x".repeat(128))).status()).isEqualTo(201);
    assertThat(subscribe(wish().put("clientState", "x".repeat(129))).status()).isEqualTo(400);
  }

  @Test
  void anUnknownMailboxIsRefused() throws Exception {
    assertThat(subscribe(wish().put("resource", "users/nobody@example.invalid/events")).status())
        .isEqualTo(404);
  }

  @Test
  void aLifeIsAtLeast45MinutesAndAtMostSevenDays() throws Exception {
    String raised =
        subscribe(wish().put("expirationDateTime", in(Duration.ofMinutes(5))))
            .json()
            .get("expirationDateTime")
            .asText();

    assertThat(Instant.parse(raised)).isEqualTo(Instant.parse(in(Duration.ofMinutes(45))));
    assertThat(subscribe(wish().put("expirationDateTime", in(Duration.ofMinutes(10_080)))).status())
        .isEqualTo(201);
  }

  @Test
  void onlyTheExpiryCanBeChanged() throws Exception {
    String path = PATH + "/" + subscribed(wish());
    String later = in(Duration.ofDays(6));

    Http.Answer renewed = outlook.http.json("PATCH", path, expiry(later));

    assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
    assertThat(outlook.http.get(path).json().get("expirationDateTime").asText()).isEqualTo(later);
    assertThat(outlook.http.get(path).json().get("clientState").isNull()).isTrue();
    for (String member : List.of("lifecycleNotificationUrl", "notificationUrl", "clientState")) {
      ObjectNode change = ((ObjectNode) Json.read(expiry(later))).put(member, subscriber.url());
      assertThat(outlook.http.json("PATCH", path, change.toString()).status()).isEqualTo(400);
    }
    assertThat(outlook.http.json("PATCH", path, expiry(in(Duration.ofDays(8)))).status())
        .isEqualTo(400);
  }

  private static String expiry(String time) {
    return Json.object().put("expirationDateTime", time).toString();
  }

  @Test
  void whatIsDeletedOrUnknownIsNotFound() throws Exception {
    String path = PATH + "/" + subscribed(wish());

    assertThat(outlook.http.delete(path).status()).isEqualTo(204);

    assertThat(outlook.http.get(path).status()).isEqualTo(404);
    assertThat(outlook.http.delete(path).status()).isEqualTo(404);
    assertThat(outlook.http.json("PATCH", path, expiry(in(Duration.ofDays(1)))).status())
        .isEqualTo(404);
  }

  @Test
  void aListComesInPages() throws Exception {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      made.add(subscribed(wish()));
    }
    outlook.control("POST", "/notices", "{\"pageSize\":2}");

    Set<String> listed = new HashSet<>();
    String next = PATH;
    for (int page = 0; !next.isEmpty(); page++) {
      assertThat(page).isLessThan(3);
      JsonNode answer = outlook.http.get(next).json();
      listed.addAll(answer.get("value").findValuesAsText("id"));
      next = answer.path("@odata.nextLink").asText("").replace(outlook.server.url().toString(), "");
    }

    assertThat(listed).isEqualTo(made);
    assertThat(outlook.graph.watch().broken()).isEmpty();
  }

  @Test
  void everyChangeIsToldWhoeverMadeIt() throws Exception {
    String subscription = subscribed(wish());

    String id = outlook.made("");
    subscriber.notices(1);
    outlook.control(
        "PATCH", "/mailboxes/ingrid.testwell@example.invalid/events/" + id, "{\"showAs\":\"oof\"}");
    subscriber.notices(2);
    outlook.http.delete(Outlook.EVENTS + "/" + id);
    List<JsonNode> notices = subscriber.notices(3);

    assertThat(notices.stream().map(it -> it.get("changeType").asText()))
        .containsExactly("created", "updated", "deleted");
    assertThat(notices)
        .allSatisfy(
            notice -> {
              assertThat(notice.get("subscriptionId").asText()).isEqualTo(subscription);
              assertThat(notice.get("clientState").asText()).isEqualTo(SECRET);
              assertThat(notice.at("/resourceData/id").asText()).startsWith("AAk");
              assertThat(notice.get("resource").asText())
                  .endsWith(notice.at("/resourceData/id").asText());
              assertThat(notice.at("/resourceData/@odata.etag").asText()).startsWith("W/");
            });
    assertThat(notices.stream().map(it -> it.get("resource").asText().substring(0, 1)).distinct())
        .containsExactlyInAnyOrder("U", "u");
    // The description leaves open what resourceData contains.
    ObjectNode described = ((ObjectNode) notices.get(0)).without("resourceData");
    assertThat(Contract.microsoftGraph().problems("microsoft.graph.changeNotification", described))
        .isEmpty();
  }

  @Test
  void onlyTheMailboxAndTheKindsOfChangeThatWereAskedForAreTold() throws Exception {
    subscribed(wish().put("changeType", "deleted"));
    subscribed(wish().put("resource", "users/omar.samplesson@example.invalid/events"));

    outlook.http.delete(Outlook.EVENTS + "/" + outlook.made(""));

    assertThat(subscriber.noticesAfter(QUIET)).hasSize(1);
  }

  @Test
  void noticesThatAreDueTogetherShareABody() throws Exception {
    outlook.control("POST", "/notices", "{\"delayMs\":300}");
    String one = subscribed(wish());
    String other = subscribed(wish().put("clientState", "other"));

    outlook.made("");

    assertThat(
            subscriber.notices(2).stream()
                .map(it -> it.get("subscriptionId").asText())
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(one, other));
    assertThat(subscriber.bodies()).isEqualTo(1);
  }

  @Test
  void aRefusedNoticeIsSentAgainUntilItIsGivenUp() throws Exception {
    subscribed(wish());
    subscriber.answersNext(500, 401);
    outlook.made("");
    assertThat(subscriber.notices(3)).hasSize(3);

    outlook.control("POST", "/notices", "{\"attempts\":2}");
    subscriber.answersNext(500, 500);
    outlook.made("");
    List<JsonNode> notices = subscriber.notices(6);

    assertThat(notices.get(5).get("lifecycleEvent").asText()).isEqualTo("missed");
    assertThat(notices.get(5).has("resource")).isFalse();
    assertThat(statuses()).containsExactly(500, 401, 202, 500, 500, -2, 202);
  }

  private List<Integer> statuses() throws Exception {
    Awaitility.await().until(() -> deliveries().size() >= 7);
    List<Integer> statuses = new ArrayList<>();
    deliveries().forEach(delivery -> statuses.add(delivery.get("status").asInt()));
    return statuses;
  }

  private JsonNode deliveries() throws Exception {
    return outlook.control("GET", "/deliveries", "").get("latest");
  }

  @Test
  void aSubscriptionThatExpiredTellsNothing() throws Exception {
    subscribed(wish());
    outlook.clock.advance(Duration.ofDays(2));

    outlook.http.json(
        "POST",
        "/graph-control/mailboxes/ingrid.testwell@example.invalid/events",
        Outlook.event(""));

    assertThat(subscriber.noticesAfter(QUIET)).isEmpty();
    assertThat(outlook.control("GET", "/subscriptions", "").get("subscriptions")).isEmpty();
  }

  @Test
  void aWarningComesOnceBeforeTheExpiryUntilItIsRenewed() throws Exception {
    subscribed(wish());
    outlook.clock.advance(Duration.ofDays(2).minusMinutes(10));

    List<JsonNode> notices = subscriber.notices(1);

    assertThat(notices.get(0).get("lifecycleEvent").asText()).isEqualTo("reauthorizationRequired");
    assertThat(notices.get(0).get("clientState").asText()).isEqualTo(SECRET);
    assertThat(subscriber.noticesAfter(QUIET)).hasSize(1);
  }

  @Test
  void changesAreLostUntilASubscriptionIsReauthorized() throws Exception {
    String id = subscribed(wish());
    outlook.control(
        "POST", "/subscriptions/" + id + "/lifecycle", "{\"event\":\"reauthorizationRequired\"}");
    subscriber.notices(1);

    outlook.made("");
    assertThat(subscriber.noticesAfter(QUIET)).hasSize(1);
    assertThat(outlook.http.json("POST", PATH + "/" + id + "/reauthorize", "").status())
        .isEqualTo(204);
    outlook.made("");

    assertThat(subscriber.notices(2).get(1).get("changeType").asText()).isEqualTo("created");
    assertThat(subscriber.noticesAfter(QUIET)).hasSize(2);
  }

  @Test
  void aSubscriptionIsRemovedWithOrWithoutAWord() throws Exception {
    String told = subscribed(wish());
    String silent = subscribed(wish());

    outlook.control(
        "POST", "/subscriptions/" + told + "/lifecycle", "{\"event\":\"subscriptionRemoved\"}");
    outlook.control("DELETE", "/subscriptions/" + silent, "");

    assertThat(subscriber.notices(1).get(0).get("lifecycleEvent").asText())
        .isEqualTo("subscriptionRemoved");
    assertThat(subscriber.noticesAfter(QUIET)).hasSize(1);
    assertThat(outlook.http.get(PATH + "/" + told).status()).isEqualTo(404);
    assertThat(outlook.http.get(PATH + "/" + silent).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"dropFraction, 0", "duplicateFraction, 2", "slowFraction, 1"})
  void aNoticeMayBeLostDoubleOrLate(String fault, int notices) throws Exception {
    outlook.control("POST", "/notices", "{\"%s\":1,\"slowMs\":150}".formatted(fault));
    subscribed(wish());

    outlook.made("");

    assertThat(subscriber.noticesAfter(QUIET.plusMillis(200))).hasSize(notices);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"attempts\":0}", "{\"attempts\":99}", "{\"pageSize\":0}"})
  void aSettingWithoutLimitIsRefused(String settings) throws Exception {
    assertThat(outlook.http.json("POST", "/graph-control/notices", settings).status())
        .isEqualTo(400);
  }

  @Test
  void aMailboxHasAtMostAThousandSubscriptions() throws Exception {
    ObjectNode wish = wish();
    wish.remove("lifecycleNotificationUrl");
    for (int i = 0; i < 1000; i++) {
      subscribed(wish);
    }

    assertThat(subscribe(wish).status()).isEqualTo(403);
    assertThat(
            subscribe(wish.put("resource", "users/omar.samplesson@example.invalid/events"))
                .status())
        .isEqualTo(201);
  }

  @Test
  void nothingIsSentOfWhatWasBeforeAReset() throws Exception {
    subscribed(wish());
    outlook.control("POST", "/notices", "{\"backoffMs\":200}");
    subscriber.answersNext(500);
    outlook.made("");
    subscriber.notices(1);
    Awaitility.await().until(() -> deliveries().size() == 1);
    outlook.control("POST", "/notices", "{\"delayMs\":200}");
    outlook.made("");

    outlook.control("POST", "/reset", "");

    assertThat(subscriber.noticesAfter(QUIET)).hasSize(1);
    assertThat(deliveries()).isEmpty();
  }

  @Test
  void aSubscriptionOfAnotherAppIsNotFound() throws Exception {
    String path = PATH + "/" + subscribed(wish());

    Http other = outlook.as("another-app");

    assertThat(other.get(path).status()).isEqualTo(404);
    assertThat(other.delete(path).status()).isEqualTo(404);
    assertThat(other.get(PATH).json().get("value")).isEmpty();
    assertThat(outlook.http.get(path).status()).isEqualTo(200);
  }
}
