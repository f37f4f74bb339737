package clinic.scheduling.checks.template;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.checks.Repository;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * AWS's own translator of SAM templates, in the Python that {@code SAM_TRANSLATOR_PYTHON} names.
 * CloudFormation deploys what the translator makes of a template, not the template.
 */
record SamTranslator(String python) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPT = Path.of("src/test/python/translate.py");
  private static final int MOST_SECONDS = 300;

  /** A template with the values of its parameters; parameters that have a default may be absent. */
  record Deployment(Template template, Map<String, String> parameters) {}

  /**
   * Returns the translator. Without one, the test is skipped, or fails if {@code
   * SAM_TRANSLATOR_NEEDED} is true, as in CI.
   */
  static SamTranslator orSkip() {
    String python = System.getenv("SAM_TRANSLATOR_PYTHON");
    boolean given = python != null && !python.isEmpty();
    if (Boolean.parseBoolean(System.getenv("SAM_TRANSLATOR_NEEDED"))) {
      assertThat(given).as("SAM_TRANSLATOR_PYTHON is set").isTrue();
    }
    Assumptions.assumeTrue(
        given, "the translated template was not tested: SAM_TRANSLATOR_PYTHON is not set");
    return new SamTranslator(String.valueOf(python));
  }

  /** What CloudFormation would have after each of these deployments, in their order. */
  List<Stack> deploy(List<Deployment> deployments) {
    ArrayNode requests = JSON.createArrayNode();
    for (Deployment deployment : deployments) {
      ObjectNode request = requests.addObject();
      request.set("template", deployment.template().root());
      request.set("parameters", JSON.valueToTree(deployment.parameters()));
    }
    JsonNode answer = json(run(List.of("-B", SCRIPT.toString()), requests.toString()));
    Map<String, List<String>> createOnly = new HashMap<>();
    for (Map.Entry<String, JsonNode> type : answer.path("createOnly").properties()) {
      createOnly.put(type.getKey(), type.getValue().valueStream().map(JsonNode::asText).toList());
    }
    List<Stack> stacks = new ArrayList<>();
    for (int i = 0; i < deployments.size(); i++) {
      JsonNode translated = answer.path("translated").path(i);
      assertThat(translated.has("error")).as(translated.path("error").asText()).isFalse();
      stacks.add(new Stack(translated, deployments.get(i).parameters(), createOnly));
    }
    return stacks;
  }

  /** What cfn-lint has to say about {@code template.yaml}; empty if nothing. */
  String lint() {
    String main = "import cfnlint.runner; cfnlint.runner.main()";
    return run(List.of("-c", main, Repository.root().resolve("template.yaml").toString()), "");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  /** Runs Python and returns what it printed, errors included. */
  private String run(List<String> words, String input) {
    try {
      Path in = Files.createTempFile("translate", ".json");
      Path out = Files.createTempFile("translated", ".json");
      try {
        Files.writeString(in, input);
        List<String> command = new ArrayList<>(List.of(python));
        command.addAll(words);
        Process process =
            new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("Python ends within %s s", MOST_SECONDS).isTrue();
        return Files.readString(out, StandardCharsets.UTF_8);
      } finally {
        Files.delete(in);
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
