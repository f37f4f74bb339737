package clinic.scheduling.checks.template;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.checks.Repository;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A packaged function that is started without the keys that it needs names all of them in one
 * message.
 */
class StartWithoutKeysTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAILED = "Configuration validation failed";
  private static final Pattern KEY =
      Pattern.compile("SRCFG000(?:14|39): The config property ([\\w.-]+) ");
  private static final Pattern SECRET =
      Pattern.compile("(SECRETS?|TOKENS|^GOOGLE_SERVICE_ACCOUNT)$");
  private static final Template TEMPLATE = Template.parse(Repository.text("template.yaml"));

  /** Only a practice that has calendars of a provider needs these: CalendarProvidersTest. */
  private static final Set<String> OF_CALENDARS =
      Set.of(
          "GRAPH_URL",
          "GRAPH_TOKEN_URL",
          "GRAPH_CLIENT_ID",
          "GRAPH_CLIENT_SECRET",
          "GOOGLE_CALENDAR_URL",
          "GOOGLE_TOKEN_URL",
          "GOOGLE_SERVICE_ACCOUNT");

  /** Keys that the template sets and that have a default, or that the function does not read. */
  private static final Map<String, Set<String>> NOT_NEEDED =
      Map.of(
          "FindSlots", Set.of("CANVAS_IDENTIFIER_SYSTEM", "TRUSTED_PROXIES"),
          "BookAppointment",
              and(OF_CALENDARS, "SITE_URL", "LEASE_SECONDS", "PATIENT_CLAIM", "TRUSTED_PROXIES"),
          "ReceiveCanvasNotice", Set.of("WEBHOOK_BEARER_TOKENS"),
          // Its queue is needed, but the practice document is read at the first notice.
          "ReceiveCalendarNotice", Set.of(),
          "SyncCalendars", and(OF_CALENDARS, "SECOND_LOOK_SECONDS"),
          "MirrorMeetings", OF_CALENDARS,
          "SendMessage", Set.of("SITE_URL", "QUEUE_MESSAGE_EVENTS_URL", "SES_CONFIGURATION_SET"),
          "RunUpkeep", OF_CALENDARS);

  /** Functions that are given no secret. */
  private static final Set<String> NO_SECRETS = Set.of("ReceiveCalendarNotice");

  /** A bad value for each key whose value is checked. */
  private static final Map<String, String> BAD =
      Map.of(
          "CANVAS_FHIR_URL", "not a url",
          "GRAPH_URL", "not a url",
          "PUBLIC_URL", "not a url",
          "SITE_URL", "not a url",
          "LEASE_SECONDS", "soon",
          "TIMEOUT_SECONDS", "0",
          "SECOND_LOOK_SECONDS", "-1",
          "SLOT_SEARCHES_AT_ONCE", "many");

  /** A good value for each key whose value is checked before the practice document is read. */
  private static final Map<String, String> GOOD =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_ACCESS_KEY_ID", "example",
          "AWS_SECRET_ACCESS_KEY", "example",
          "LEASE_SECONDS", "90",
          "TIMEOUT_SECONDS", "60",
          "SECOND_LOOK_SECONDS", "10",
          "MANAGE_TOKEN_SECRETS", "bWFuYWdlLXRva2VuLXNlY3JldC1vZi0zMi1ieXRlcyE=",
          "WEBHOOK_SECRETS", "whsec_bWFuYWdlLXRva2VuLXNlY3JldC1vZi0zMi1ieXRlcyE=",
          "WEBHOOK_BEARER_TOKENS", "",
          "TRUSTED_PROXIES", "10.0.0.0/8");

  private static Set<String> and(Set<String> some, String... others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(others));
    return all;
  }

  static Stream<String> functions() {
    return NOT_NEEDED.keySet().stream().sorted();
  }

  /** People look into the log, and at what Lambda says of the start. */
  @ParameterizedTest
  @MethodSource("functions")
  void withoutAnyKeyEachNeededOneIsNamedAndNoOther(String function) throws Exception {
    Set<String> needed = new HashSet<>(keys(function));
    needed.removeAll(NOT_NEEDED.getOrDefault(function, Set.of()));

    try (RuntimeApiRecorder lambda = new RuntimeApiRecorder()) {
      String output = start(function, Map.of("AWS_LAMBDA_RUNTIME_API", lambda.address())).strip();

      assertThat(output.lines()).as("one line of JSON").hasSize(1);
      assertThat(JSON.readTree(output).path("level").asText()).isEqualTo("ERROR");
      assertThat(JSON.readTree(output).path("message").asText()).startsWith("start-failed ");
      assertThat(named(output)).containsExactlyInAnyOrderElementsOf(needed);
      assertThat(lambda.initErrors())
          .singleElement()
          .satisfies(
              error ->
                  assertThat(named(error.path("errorMessage").asText()))
                      .containsExactlyInAnyOrderElementsOf(needed));
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void missingAndBadKeysAreNamedInOneMessage(String function) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    keys(function).forEach(key -> environment.put(key, "http://example.invalid"));
    environment.putAll(Map.of("LEASE_SECONDS", "45", "TIMEOUT_SECONDS", "15"));
    Set<String> bad = new HashSet<>(BAD.keySet());
    bad.retainAll(keys(function));
    bad.forEach(key -> environment.put(key, BAD.get(key)));
    environment.keySet().removeAll(Set.of("TABLE_NAME", "PRACTICE"));

    assertThat(named(start(function, environment)))
        .contains("TABLE_NAME", "PRACTICE")
        .containsAll(bad)
        .hasSize(2 + bad.size());
  }

  /**
   * SmallRye prints the value of a key that it cannot convert, so a key that holds a secret must
   * not be converted by its mapping.
   */
  @ParameterizedTest
  @MethodSource("functions")
  void noSecretIsPrintedHoweverBadItIs(String function) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    keys(function).stream()
        .filter(key -> SECRET.matcher(key).find())
        .forEach(key -> environment.put(key, "canary of " + key + "!"));
    assertThat(environment.isEmpty()).isEqualTo(NO_SECRETS.contains(function));

    assertThat(start(function, environment)).contains(FAILED).doesNotContain("canary of");
  }

  /** The two receivers of notices read the document at the first notice. */
  static Stream<String> readersOfThePractice() {
    return functions().filter(function -> !function.startsWith("Receive"));
  }

  /** The document is read when Quarkus already waits for events. */
  @ParameterizedTest
  @MethodSource("readersOfThePractice")
  void theErrorsOfThePracticeDocumentAreToldAsWell(String function) throws Exception {
    Path document = Files.writeString(Files.createTempFile("practice", ".json"), "{\"name\": 1}");
    Map<String, String> environment = new TreeMap<>();
    keys(function).forEach(key -> environment.put(key, "http://example.invalid"));
    environment.putAll(GOOD);
    environment.put("GOOGLE_SERVICE_ACCOUNT", serviceAccount());
    environment.put("PRACTICE", document.toString());

    try (RuntimeApiRecorder lambda = new RuntimeApiRecorder()) {
      environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
      String output = start(function, environment);

      assertThat(output.lines().filter(line -> line.contains("start-failed")))
          .as(output)
          .singleElement()
          .matches(line -> line.contains("phone is missing"));
      assertThat(lambda.initErrors())
          .singleElement()
          .matches(error -> error.path("errorMessage").asText().contains("phone is missing"));
    } finally {
      Files.delete(document);
    }
  }

  private static String serviceAccount() throws NoSuchAlgorithmException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    return JSON.createObjectNode()
        .put("client_email", "scheduling@example.invalid")
        .put("private_key_id", "example")
        .put(
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n")
        .put("token_uri", "https://oauth2.example.invalid/token")
        .toString();
  }

  private static Set<String> keys(String function) {
    JsonNode variables = TEMPLATE.functions().get(function).at("/Environment/Variables");
    return variables.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  /** The keys in the one message with which the function ends its start. */
  private static List<String> named(String output) {
    assertThat(output.split(FAILED, -1)).as(output).hasSize(2);
    return KEY.matcher(output).results().map((MatchResult one) -> one.group(1)).sorted().toList();
  }

  private static String start(String function, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path target = target(function);
    Path output = Files.createTempFile(function, ".log");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            runner(target) + ":" + target.resolve("lib") + "/*",
            "clinic.scheduling.core.wiring.StartFunction");
    java.environment().clear();
    java.environment().putAll(environment);
    Process process = java.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the start ends").isTrue();
      assertThat(process.exitValue()).isNotZero();
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private static Path target(String function) {
    String zip = TEMPLATE.functions().get(function).path("CodeUri").asText();
    return Repository.root().resolve(zip).getParent().getParent();
  }

  private static Path runner(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("not packaged: " + target));
    }
  }
}
