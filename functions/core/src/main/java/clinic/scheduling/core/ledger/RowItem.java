package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The format of a row in the table: {@code pk}, {@code sk}, {@code version}, {@code expires} (epoch
 * seconds, the table's TTL attribute) and the map {@code fields}. A counter has the number {@code
 * count} as well.
 */
final class RowItem {
  private RowItem() {}

  /** The item to write for a row. */
  static Map<String, AttributeValue> of(Row row) {
    Map<String, AttributeValue> fields = new HashMap<>();
    row.fields().forEach((name, value) -> fields.put(name, text(value)));
    Map<String, AttributeValue> item = new HashMap<>(key(row.key()));
    item.put("version", number(row.written().version()));
    item.put("expires", number(row.expires().getEpochSecond()));
    item.put("fields", AttributeValue.builder().m(fields).build());
    return item;
  }

  static Row row(Map<String, AttributeValue> item) {
    Map<String, String> fields = new HashMap<>();
    attribute(item, "fields").m().forEach((name, value) -> fields.put(name, value.s()));
    return Row.stored(
        new RowKey(attribute(item, "pk").s(), attribute(item, "sk").s()),
        Long.parseLong(attribute(item, "version").n()),
        Instant.ofEpochSecond(Long.parseLong(attribute(item, "expires").n())),
        fields);
  }

  static Map<String, AttributeValue> key(RowKey key) {
    return Map.of("pk", text(key.partition()), "sk", text(key.sort()));
  }

  static AttributeValue text(String value) {
    return AttributeValue.builder().s(value).build();
  }

  static AttributeValue number(long value) {
    return AttributeValue.builder().n(Long.toString(value)).build();
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }
}
