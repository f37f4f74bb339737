package clinic.scheduling.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.template.Deployment.TableSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code -Dlocal.keep=true}, the table keeps its rows over a restart. Without it, the table
 * starts empty.
 */
class KeptTablesTest {
  private static final TableSpec TABLE =
      new TableSpec("kept", List.of(new TableSpec.Key("pk", "S", "HASH")), Optional.of("expires"));
  private static final String KEY =
      """
      {"TableName":"kept","Key":{"pk":{"S":"a"}},"ConsistentRead":true}""";
  private static final String ITEM =
      """
      {"TableName":"kept","Item":{"pk":{"S":"a"},"value":{"S":"b"}}}""";

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAfterARestart() throws Exception {
    write(Optional.of(folder.resolve("data")));

    assertThat(read(Optional.of(folder.resolve("data"))).at("/Item/value/S").asText())
        .isEqualTo("b");
  }

  @Test
  void aRunThatKeepsNothingFindsNothing() throws Exception {
    write(Optional.of(folder.resolve("data")));

    assertThat(read(Optional.empty()).has("Item")).isFalse();
  }

  private static void write(Optional<Path> files) throws Exception {
    try (EmbeddedAws aws = EmbeddedAws.start(Clock.systemUTC(), files)) {
      aws.createTable(TABLE);
      call(aws, "PutItem", ITEM);
    }
  }

  private static JsonNode read(Optional<Path> files) throws Exception {
    try (EmbeddedAws aws = EmbeddedAws.start(Clock.systemUTC(), files)) {
      aws.createTable(TABLE);
      return call(aws, "GetItem", KEY);
    }
  }

  private static JsonNode call(EmbeddedAws aws, String action, String request) throws Exception {
    return new AwsJson(aws.dynamodb(), "DynamoDB_20120810")
        .call(action, AwsJson.JSON.readTree(request));
  }
}
