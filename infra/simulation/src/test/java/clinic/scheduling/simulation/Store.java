package clinic.scheduling.simulation;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table that all processes share, as strict as DynamoDB. */
final class Store {
  private static final int PARTITION_LIMIT = 1_000;

  private final Map<String, TreeMap<String, Row>> partitions = new HashMap<>();

  Optional<Row> read(RowKey key) {
    TreeMap<String, Row> partition = partitions.get(key.partition());
    return partition == null ? Optional.empty() : Optional.ofNullable(partition.get(key.sort()));
  }

  List<Row> readPartition(String name) {
    TreeMap<String, Row> partition = partitions.get(name);
    if (partition != null && partition.size() > PARTITION_LIMIT) {
      throw new IllegalStateException("partition " + name + " is too large to read at once");
    }
    return partition == null ? List.of() : List.copyOf(partition.values());
  }

  void put(Row row) {
    partitions
        .computeIfAbsent(row.key().partition(), name -> new TreeMap<>())
        .put(row.key().sort(), row.written());
  }

  Map<String, TreeMap<String, Row>> partitions() {
    return partitions;
  }
}
