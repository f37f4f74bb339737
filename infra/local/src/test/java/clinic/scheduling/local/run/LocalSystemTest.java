package clinic.scheduling.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.local.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system starts from a template and its zips, reports what is wrong, and stops cleanly.
 */
class LocalSystemTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void aRepository() throws Exception {
    Files.copy(Path.of("src/test/resources/template.yaml"), folder.resolve("template.yaml"));
    TestFunctions.zip(folder);
    TestFunctions.practice(folder);
  }

  @Test
  void everythingOfTheTemplateRunsAndNothingIsLeftBehind() throws Exception {
    long before = ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    try (LocalSystem system = start(Map.of("SECRET", "s", "VAULT", "v"))) {
      URI api = system.addresses().api();
      URI local = system.addresses().sandbox().resolve("/local/");

      JsonNode event = JSON.readTree(get(api.resolve("/things/7")).body());
      HttpResponse<String> result = post(local.resolve("run/reconcile"), "");
      HttpResponse<String> unknown = post(local.resolve("run/other"), "");
      JsonNode queues = JSON.readTree(get(local.resolve("queues")).body());
      HttpResponse<String> token =
          post(
              local.resolve("manage-token"),
              "{\"appointment\":\"bk-1\",\"expiresAt\":\"2026-03-01T10:00:00Z\"}");

      JsonNode stores = JSON.readTree(get(local.resolve("stores")).body());

      assertThat(event.at("/pathParameters/id").asText()).isEqualTo("7");
      assertThat(stores.path("sqs")).isEqualTo(queues.path("endpoint"));
      assertThat(stores.path("table").asText()).isNotEmpty();
      assertThat(result.body()).isEqualTo("{\"full\":true}");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("reconcile");
      assertThat(queues.path("queues"))
          .isEqualTo(
              JSON.readTree(
                  "[{\"name\":\"changes\",\"waiting\":0,\"inFlight\":0,\"dead\":0,"
                      + "\"messages\":[]}]"));
      assertThat(JSON.readTree(token.body()).path("token").asText()).contains(".");
      assertThat(post(local.resolve("manage-token"), "{}").statusCode()).isEqualTo(400);
      assertThat(get(local.resolve("run/reconcile")).statusCode()).isEqualTo(405);
      assertThat(get(local.resolve("elsewhere")).statusCode()).isEqualTo(404);
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                ProcessHandle.current().children().filter(ProcessHandle::isAlive).count()
                    <= before);
  }

  @Test
  void aKeyWithoutAValueIsNamedBeforeAnythingRuns() {
    assertThatThrownBy(() -> start(Map.of("SECRET", "s")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("VAULT of Answer")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void aPortInUseIsNamedWithTheWayOut() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      assertThatThrownBy(() -> start(Map.of(), "--api-port", port))
          .hasMessageContaining("Port " + port + " for the API is in use")
          .hasMessageContaining("-Dlocal.api.port");
      assertThatThrownBy(() -> start(Map.of(), "--api-port", "0", "--sandbox-port", port))
          .hasMessageContaining("Port " + port + " for the sandboxes is in use")
          .hasMessageContaining("-Dlocal.sandbox.port");
    }
  }

  @Test
  void aMissingZipIsNamedWithTheCommandThatBuildsIt() throws Exception {
    Files.delete(folder.resolve("function.zip"));

    assertThatThrownBy(() -> start(Map.of()))
        .hasMessageContaining("function.zip")
        .hasMessageContaining("mvn package");
  }

  @Test
  void theExecutablesThatAreDeployedRunWhereThatIsAskedFor() throws Exception {
    Path jvm = folder.resolve("function.zip");
    TestFunctions.executable(folder, jvm);
    Files.delete(jvm);

    try (LocalSystem system = start(Map.of("SECRET", "s", "VAULT", "v"), "--native", "true")) {
      HttpResponse<String> answer = get(system.addresses().api().resolve("/things/7"));

      assertThat(JSON.readTree(answer.body()).at("/pathParameters/id").asText()).isEqualTo("7");
      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Answer is ready, native");
    }
  }

  @Test
  void aPackageForTheJvmDoesNotStandInForAnExecutable() throws Exception {
    Path deployed = folder.resolve("deploy/function.zip");
    Files.createDirectories(deployed.getParent());
    Files.copy(folder.resolve("function.zip"), deployed);

    assertThatThrownBy(() -> start(Map.of("SECRET", "s", "VAULT", "v"), "--native", "true"))
        .hasMessageContaining(deployed.toString())
        .hasMessageContaining("mvn -Dnative package")
        .hasMessageContaining("GRAALVM_HOME");
  }

  @Test
  void whatIsDeployedIsNotUsedByAnOrdinaryRun() throws Exception {
    Files.createDirectories(folder.resolve("deploy"));
    Files.writeString(folder.resolve("deploy/function.zip"), "not even a zip");

    try (LocalSystem system = start(Map.of("SECRET", "s", "VAULT", "v"))) {
      assertThat(get(system.addresses().api().resolve("/things/7")).statusCode()).isEqualTo(200);
      assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("native");
    }
  }

  private LocalSystem start(Map<String, String> own, String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("--repository", folder.toString(), "--api-port", "0", "--sandbox-port", "0"));
    all.addAll(List.of("--parameter", "Origins=http://a.example.invalid"));
    all.addAll(List.of(arguments));
    Console console =
        new Console(new PrintStream(printed, true, StandardCharsets.UTF_8), Clock.systemUTC());
    Options options = Options.parse(all, Map.of());
    return LocalSystem.start(options, console, Clock.systemUTC(), own);
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(URI uri, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }
}
