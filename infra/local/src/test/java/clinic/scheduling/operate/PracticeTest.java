package clinic.scheduling.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong practice document cannot be put, and no version of one is lost or overwritten unseen. */
class PracticeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLE = Path.of("../practice.example.json");
  private static OperatedStores stores;

  @TempDir Path folder;
  private ObjectNode document;
  private OperatedStores.Ran ran = new OperatedStores.Ran(0, "", "");

  @BeforeAll
  static void start() throws Exception {
    stores = OperatedStores.start();
  }

  @AfterAll
  static void stop() {
    stores.close();
  }

  @BeforeEach
  void anExample() throws Exception {
    stores.forgetRows("practice#default");
    document = (ObjectNode) JSON.readTree(EXAMPLE.toFile());
  }

  @Test
  void everyErrorIsListedWithItsPointerAndNothingIsPut() throws Exception {
    document.put("phone", "555-0100").put("not a name", 1);
    ((ObjectNode) document.at("/visitTypes/0")).put("modality", "carrier pigeon");

    assertThat(check("--json")).isEqualTo(1);
    JsonNode answer = JSON.readTree(ran.out());
    assertThat(answer.path("fine").asBoolean()).isFalse();
    assertThat(answer.path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/phone", "/visitTypes/0/modality", "");

    assertThat(put("--yes")).isEqualTo(1);
    assertThat(ran.out()).contains("/phone must be E.164", "3 errors").doesNotContain("pigeon");
    assertThat(rows()).isEmpty();
  }

  @Test
  void aDocumentThatTheTableCannotHoldIsRefused() throws Exception {
    Path large = write(document);
    Files.writeString(large, Files.readString(large) + " ".repeat(410_000));

    assertThat(check()).isEqualTo(1);
    assertThat(ran.out()).contains("(document) has ", "the table takes at most 408576");
  }

  @Test
  void theLargestDocumentThatIsFineGoesIntoTheTable() throws Exception {
    Path large = write(document);
    String text = Files.readString(large);
    Files.writeString(large, text + " ".repeat(408_576 - text.length()));

    assertThat(check()).isZero();
    assertThat(put("--yes")).as(ran.err()).isZero();
    assertThat(rows()).hasSize(2);
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsLine() throws Exception {
    Files.writeString(folder.resolve("practice.json"), "{\n\"name\": }");

    assertThat(check()).isEqualTo(1);
    assertThat(ran.out()).startsWith("(document) line 2 is not JSON");
    assertThat(run("check", "nowhere.json")).isEqualTo(2);
  }

  @Test
  void whatWasPutIsWhatTheFunctionsReadAndWhatGetPrints() throws Exception {
    Path file = write(document.put("name", "Praxis Grün"));

    assertThat(put("--yes")).as(ran.err()).isZero();
    assertThat(ran.out()).endsWith("version 1 is the present one\n");

    JsonNode row =
        rows().stream()
            .filter(it -> it.at("/sk/S").asText().equals("document"))
            .findFirst()
            .orElseThrow();
    assertThat(row.at("/fields/M/json/S").asText()).isEqualTo(Files.readString(file));
    assertThat(local("get")).isZero();
    assertThat(ran.out().strip()).isEqualTo(Files.readString(file).strip());
  }

  @Test
  void eachVersionIsKeptAndCanBePutAgain() throws Exception {
    write(document.put("name", "First"));
    put("--yes");
    write(document.put("name", "Second"));

    assertThat(local("diff", "practice.json")).isZero();
    assertThat(ran.out()).isEqualTo("~ /name \"First\" -> \"Second\"\n1 changes to version 1\n");
    put("--yes");

    assertThat(local("history")).isZero();
    assertThat(ran.out().lines().toList()).hasSize(2);
    assertThat(ran.out()).startsWith("2 2");
    local("get", "--version", "1");
    Files.writeString(folder.resolve("practice.json"), ran.out());
    assertThat(put("--yes")).isZero();
    assertThat(ran.out()).endsWith("version 3 is the present one\n");
    assertThat(put("--yes")).isZero();
    assertThat(ran.out()).isEqualTo("nothing changes; version 3 stays\n");
    assertThat(local("get", "--version", "4")).isEqualTo(1);
  }

  @Test
  void aDocumentThatWasPutByHandIsKeptAsAVersion() throws Exception {
    byHand("{\"name\": \"By hand\"}");

    write(document);
    assertThat(put("--yes")).as(ran.err()).isZero();
    assertThat(ran.out()).endsWith("version 2 is the present one\n");

    local("get", "--version", "1");
    assertThat(ran.out()).isEqualTo("{\"name\": \"By hand\"}\n");
    byHand("{\"name\": \"By hand again\"}");
    local("history");
    assertThat(ran.out()).startsWith("3 - 25 bytes\n2 2");
  }

  @Test
  void nobodyOverwritesAVersionThatTheyHaveNotSeen() throws Exception {
    write(document.put("name", "First"));
    put("--yes");
    write(document.put("name", "Second"));
    put("--yes", "--base", "1");
    write(document.put("name", "Third"));

    assertThat(put("--yes", "--base", "1")).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("nothing was put: the present version is 2\n");

    // While this one waits for an answer, another one is put.
    Process asking = stores.ask(folder, "practice", "put", "practice.json");
    write(document.put("name", "Fourth"));
    put("--yes");
    asking.outputWriter(StandardCharsets.UTF_8).append("yes\n").close();

    assertThat(asking.waitFor()).isEqualTo(1);
    assertThat(new String(asking.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("somebody has put another version meanwhile");
    local("get");
    assertThat(ran.out()).contains("Fourth");
  }

  @Test
  void onlyAYesPutsIt() throws Exception {
    write(document);
    Process asking = stores.ask(folder, "practice", "put", "practice.json");
    asking.outputWriter(StandardCharsets.UTF_8).append("y e s\n").close();

    assertThat(asking.waitFor()).isEqualTo(1);
    assertThat(rows()).isEmpty();
    asking = stores.ask(folder, "practice", "put", "practice.json");
    asking.outputWriter(StandardCharsets.UTF_8).append("yes\n").close();

    assertThat(asking.waitFor()).isZero();
    assertThat(rows()).hasSize(2);
    assertThat(put("--json")).isEqualTo(2);
  }

  private void byHand(String json) throws Exception {
    stores.putRow(
        JSON.readTree(
            """
            {"pk": {"S": "practice#default"}, "sk": {"S": "document"}, "version": {"N": "1"},
             "expires": {"N": "4102444800"}, "fields": {"M": {"json": {"S": %s}}}}"""
                .formatted(JSON.writeValueAsString(json))));
  }

  private List<JsonNode> rows() throws Exception {
    return stores.aws().rows(stores.table(), "practice#default");
  }

  private Path write(JsonNode json) throws Exception {
    return Files.writeString(folder.resolve("practice.json"), json.toPrettyString());
  }

  private int check(String... options) throws Exception {
    if (!Files.exists(folder.resolve("practice.json"))) {
      write(document);
    }
    return run(words("check", "practice.json", options));
  }

  private int put(String... options) throws Exception {
    if (!Files.exists(folder.resolve("practice.json"))) {
      write(document);
    }
    return local(words("put", "practice.json", options));
  }

  private static String[] words(String verb, String file, String... options) {
    return Stream.concat(Stream.of(verb, file), Stream.of(options)).toArray(String[]::new);
  }

  private int local(String... words) throws Exception {
    ran = stores.local(folder, grouped(words));
    return ran.code();
  }

  private int run(String... words) throws Exception {
    ran = OperatedStores.execute(folder, Map.of(), grouped(words));
    return ran.code();
  }

  private static String[] grouped(String... words) {
    return Stream.concat(Stream.of("practice"), Stream.of(words)).toArray(String[]::new);
  }
}
