package clinic.scheduling.operate;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task of RunUpkeep is started once with exactly what was asked for, and its end is awaited. */
class UpkeepTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAMBDA = "/2015-03-31/functions/scheduling-RunUpkeep/invocations";
  private static final String CERTIFICATE =
      "{\"certificates\":[{\"practitioner\":\"ingrid\",\"outcome\":\"%s\",\"visits\":2,"
          + "\"wanted\":2,\"standing\":1,\"findings\":[{\"finding\":\"missing\","
          + "\"visit\":\"a-1\",\"calendar\":\"outlook-1\",\"repair\":\"hint\"}]}],"
          + "\"left\":[\"otto\"],\"further\":[]}";

  @TempDir Path folder;
  private final List<JsonNode> inputs = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private StackStandIn stack;

  @BeforeEach
  void start() throws Exception {
    stack = StackStandIn.start(Map.of("RunUpkeepName", "scheduling-RunUpkeep"), Map.of());
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void theInputIsWhatWasAskedForAndTheAnswerIsShown() throws Exception {
    OperatedStores.Ran ran =
        run(
            Reply.json(200, CERTIFICATE.formatted("repairing")),
            "reconcile",
            "--practitioner",
            "ingrid",
            "--from",
            "2027-03-01",
            "--to",
            "2027-03-14");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(paths).containsExactly(LAMBDA);
    assertThat(inputs)
        .containsExactly(
            JSON.readTree(
                "{\"task\":\"reconcile\",\"practitioner\":\"ingrid\",\"from\":\"2027-03-01\","
                    + "\"to\":\"2027-03-14\",\"dryRun\":false,\"force\":false,"
                    + "\"forceMeetings\":false}"));
    assertThat(ran.out())
        .contains("ingrid repairing visits=2 wanted=2 standing=1")
        .contains("missing visit=a-1 calendar=outlook-1 repair=hint")
        .contains("left for the next run: [\"otto\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"held", "unknown"})
  void whatIsHeldOrUnknownIsAnExitCode(String outcome) throws Exception {
    String answer = CERTIFICATE.formatted(outcome);

    OperatedStores.Ran ran = run(Reply.json(200, answer), "reconcile", "--dry-run", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(JSON.readTree(ran.out())).isEqualTo(JSON.readTree(answer));
    assertThat(inputs.get(0).path("dryRun").asBoolean()).isTrue();
  }

  /** A run whose answer is lost may be under way. */
  @Test
  void aRunWhoseAnswerIsLostIsNotStartedAgain() throws Exception {
    OperatedStores.Ran ran = run(Reply.cut(), "reconcile");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("the answer was lost").contains("not started again");
    assertThat(inputs).hasSize(1);
  }

  @Test
  void aFailureIsToldOnlyIfItCanQuoteNothing() throws Exception {
    String failed = "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}";

    OperatedStores.Ran unforeseen =
        run(
            Reply.json(200, failed.formatted("java.lang.IllegalStateException", "canary"))
                .with("X-Amz-Function-Error", "Unhandled"),
            "reconcile");
    OperatedStores.Ran refused =
        run(
            Reply.json(200, failed.formatted("a.BadTaskRequestException", "visit is missing"))
                .with("X-Amz-Function-Error", "Unhandled"),
            "revoke-links",
            "a-1");

    assertThat(unforeseen.code()).isEqualTo(1);
    assertThat(unforeseen.err()).contains("IllegalStateException").doesNotContain("canary");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("the run failed: visit is missing\n");
  }

  @Test
  void otherTasksAreRunToo() throws Exception {
    assertThat(run(Reply.json(200, "{\"open\":1}"), "run", "renewals", "--dry-run").code())
        .isZero();
    assertThat(
            run(Reply.json(200, "{\"visit\":\"a-0\",\"revoked\":2}"), "revoke-links", "a-1").out())
        .isEqualTo("visit a-0: revoked 2 times\n");

    assertThat(inputs)
        .containsExactly(
            JSON.readTree("{\"task\":\"renewals\",\"dryRun\":true}"),
            JSON.readTree("{\"task\":\"revoke-links\",\"visit\":\"a-1\",\"dryRun\":false}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reconcile --force",
        "reconcile --force-meetings",
        "reconcile --practitioner x --force --dry-run",
        "reconcile --from 2027-03-02 --to 2027-03-01",
        "reconcile --from yesterday",
        "run everything",
        "revoke-links"
      })
  void whatIsNotUnderstoodRunsNothing(String words) throws Exception {
    assertThat(run(Reply.json(200, "{}"), words.split(" ")).code()).isEqualTo(2);
    assertThat(inputs).isEmpty();
  }

  @Test
  void theLocalRunIsAskedByItsPage() throws Exception {
    try (OperatedStores stores = OperatedStores.start()) {
      stores.pages().mount("/local/run", call -> note(call, Reply.json(200, "{\"open\":1}")));

      assertThat(stores.local(folder, "run", "polls").code()).isZero();
    }
    assertThat(inputs).containsExactly(JSON.readTree("{\"task\":\"polls\",\"dryRun\":false}"));
  }

  private OperatedStores.Ran run(Reply reply, String... words) throws Exception {
    try (Server lambda = Server.start(0).mount("/", call -> note(call, reply))) {
      String[] all = Arrays.copyOf(words, words.length + 2);
      all[words.length] = "--stack";
      all[words.length + 1] = "scheduling";
      return OperatedStores.execute(
          folder, stack.environment(Map.of("LAMBDA", "http://localhost:" + lambda.port())), all);
    }
  }

  private Reply note(Call call, Reply reply) throws IOException {
    paths.add(call.path());
    inputs.add(JSON.readTree(call.body()));
    return reply;
  }
}
