package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Rows that the table leaves unread are requested again, and never count as absent. */
class LeftUnreadTest {
  private static final String TABLE = "table";

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final Rows rows = new DynamoRows(new BusyTable(), TABLE, clock);

  @Test
  void theRestIsAskedForAgain() {
    List<RowKey> keys = keys(5);

    assertThat(rows.readAll(keys)).extracting(Row::key).containsExactlyElementsOf(keys);
  }

  @Test
  void whatIsNeverReadIsNotAbsent() {
    assertThatThrownBy(() -> rows.readAll(keys(6))).isInstanceOf(UnavailableException.class);
  }

  private static List<RowKey> keys(int number) {
    return IntStream.range(0, number).mapToObj(i -> new RowKey("busy", "row-" + i)).toList();
  }

  /** A table that has every row, and returns only one of them in each response. */
  private final class BusyTable implements DynamoDbClient {
    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest asked) {
      KeysAndAttributes wanted = asked.requestItems().get(TABLE);
      List<Map<String, AttributeValue>> keys = wanted.keys();
      List<Map<String, AttributeValue>> rest = keys.subList(1, keys.size());
      return BatchGetItemResponse.builder()
          .responses(Map.of(TABLE, List.of(item(keys.get(0)))))
          .unprocessedKeys(
              rest.isEmpty() ? Map.of() : Map.of(TABLE, wanted.toBuilder().keys(rest).build()))
          .build();
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
      RowKey name = new RowKey(key.get("pk").s(), key.get("sk").s());
      return RowItem.of(Row.fresh(name, clock.instant().plusSeconds(60), Map.of()));
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
