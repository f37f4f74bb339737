package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each clinician gets a certificate as answer, log line and metric. It contains no names. */
@QuarkusTest
class CertificateTest extends ReconcileCase {
  private static final TaskRequest ALL =
      new TaskRequest(
          "reconcile", Optional.empty(), Optional.empty(), Optional.empty(), false, false);

  private static final TaskRequest DRY =
      new TaskRequest(
          "reconcile", Optional.empty(), Optional.empty(), Optional.empty(), true, false);

  @Inject Reconcile reconcile;

  @Test
  void theMetricIsOneLineOfTheEmbeddedFormat() throws Exception {
    visit(INGRID);
    orphan(Provider.GOOGLE, INGRIDS);

    JsonNode line = metric(printed(this::reconcile), "ingrid-testwell");

    JsonNode declared = line.path("_aws").path("CloudWatchMetrics").path(0);
    assertThat(declared.path("Namespace").asText()).isEqualTo("ExternalScheduling");
    assertThat(declared.path("Dimensions").toString()).isEqualTo("[[\"Function\"]]");
    for (JsonNode name : declared.path("Metrics")) {
      assertThat(line.path(name.path("Name").asText()).isNumber()).isTrue();
    }
    assertThat(line.path("Function").asText()).isEqualTo("RunUpkeep");
    assertThat(line.path("OutOfStep").asInt()).isEqualTo(3);
    assertThat(line.path("LostNotices").asInt()).isEqualTo(1);
    assertThat(line.path("Repaired").asInt()).isEqualTo(2);
    assertThat(line.path("Equal").asInt()).isZero();
    assertThat(line.path("Held").asInt() + line.path("Unknown").asInt()).isZero();
  }

  @Test
  void aCalendarThatCannotBeReadIsUnknownAlthoughMessagesAreHeld() throws Exception {
    for (int i = 0; i < 8; i++) {
      mirrored(INGRID);
    }
    reconcile();
    for (int i = 0; i < 6; i++) {
      visit(INGRID);
    }
    graphAnswers(503, 10, "1");
    List<JsonNode> answers = new ArrayList<>();

    JsonNode line = metric(printed(() -> answers.add(reconcile())), "ingrid-testwell");

    JsonNode certificate = ingrid(answers.get(0));
    assertThat(outcome(certificate)).isEqualTo("held");
    assertThat(certificate.path("reason").asText()).isEqualTo("messages");
    assertThat(certificate.path("unread")).hasSize(1);
    assertThat(certificate.path("equal").asBoolean()).isFalse();
    assertThat(line.path("Held").asInt()).isEqualTo(1);
    assertThat(line.path("Unknown").asInt()).isEqualTo(1);
    assertThat(line.path("Equal").asInt()).isZero();
  }

  @Test
  void aDryRunMeasuresNothing() {
    visit(INGRID);

    assertThat(printed(() -> run("{\"task\":\"reconcile\",\"dryRun\":true}")))
        .doesNotContain("_aws");
  }

  @Test
  void noNameNoTelephoneAndNoReasonLeavesTheCalendars() {
    String edited = mirrored(INGRID);
    hands.changeInOutlook(
        INGRIDS, id(hands.outlook(INGRIDS).get(0)), "{\"subject\":\"Canaryson 555-0142\"}");
    visit(OMAR);
    orphan(Provider.OUTLOOK, OMARS);
    String printed = printed(this::reconcile);
    graphAnswers(503, 10, "1");
    printed += printed(this::reconcile);

    String told =
        String.join(
            "\n",
            printed,
            log.text(),
            reconcile().toString(),
            changes.sent().toString(),
            rows.text());

    assertThat(told).contains(edited, "certificate", "finding");
    assertThat(CANARIES).noneMatch(told::contains);
  }

  @Test
  void whoDoesNotFitIsTheFirstOfTheNextRun() {
    mirrored(INGRID);
    mirrored(OMAR);
    int enoughForOne =
        IntStream.range(30, 200)
            .filter(seconds -> "agrees".equals(only(within(seconds, DRY).path("certificates"))))
            .findFirst()
            .orElseThrow();

    JsonNode first = within(enoughForOne, ALL);
    JsonNode second = reconcile();

    assertThat(first.path("certificates")).hasSize(1);
    assertThat(first.path("left").toString()).isEqualTo("[\"omar-samplesson\"]");
    assertThat(second.path("certificates"))
        .extracting(it -> it.path("practitioner").asText())
        .containsExactly("omar-samplesson", "ingrid-testwell");
    assertThat(second.path("left")).isEmpty();
    assertThat(reconcile().path("certificates").path(0).path("practitioner").asText())
        .isEqualTo("ingrid-testwell");
  }

  @Test
  void whoIsTooMuchForAWholeRunKeepsNobodyFromTheirTurn() {
    mirrored(OMAR);

    JsonNode first = reconcile.run(ALL, new Deadline(clock.instant(), clock));
    JsonNode second = reconcile();

    assertThat(ingrid(first).path("reason").asText()).isEqualTo("too-much");
    assertThat(first.path("left").toString())
        .isEqualTo("[\"omar-samplesson\",\"ingrid-testwell\"]");
    assertThat(second.path("certificates").path(0).path("practitioner").asText())
        .isEqualTo("omar-samplesson");
    assertThat(log.text()).contains("too-much-for-one-run");
  }

  @Test
  void whoKillsTheRunIsNotTheFirstOfTheNext() {
    PrintStream broken =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            throw new OutOfMemoryError("as if");
          }
        };

    assertThatThrownBy(() -> printing(broken, this::reconcile))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(reconcile().path("certificates").path(0).path("practitioner").asText())
        .isEqualTo("omar-samplesson");
  }

  @Test
  void somebodyUnknownIsAnError() {
    assertThatThrownBy(() -> run("{\"task\":\"reconcile\",\"practitioner\":\"nobody\"}"))
        .hasMessageContaining("no such practitioner");
  }

  @Test
  void withoutTimeNothingIsBegun() {
    orphan(Provider.OUTLOOK, INGRIDS);

    JsonNode answer = reconcile.run(ALL, new Deadline(clock.instant(), clock));

    assertThat(outcome(ingrid(answer))).isEqualTo("unknown");
    assertThat(answer.path("certificates")).hasSize(1);
    assertThat(answer.path("left")).hasSize(2);
    assertThat(hands.outlook(INGRIDS)).hasSize(1);
  }

  /** The outcome of the only certificate; empty unless there is exactly one. */
  private static String only(JsonNode certificates) {
    return certificates.size() == 1 ? outcome(certificates.path(0)) : "";
  }

  private String printed(Runnable work) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    printing(new PrintStream(bytes, true, StandardCharsets.UTF_8), work);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void printing(PrintStream out, Runnable work) {
    PrintStream before = System.out;
    System.setOut(out);
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
  }

  private JsonNode metric(String printed, String practitioner) throws JsonProcessingException {
    for (String line : printed.lines().filter(it -> it.startsWith("{\"_aws\"")).toList()) {
      JsonNode metric = mapper.readTree(line);
      if (metric.path("practitioner").asText().equals(practitioner)) {
        return metric;
      }
    }
    throw new AssertionError("no metric of " + practitioner + " in " + printed);
  }

  private JsonNode within(int seconds, TaskRequest request) {
    return reconcile.run(request, new Deadline(Instant.EPOCH.plusSeconds(seconds), ticking()));
  }
}
