package clinic.scheduling.intake;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A table that does not answer. */
final class NoTable implements Rows {
  @Override
  public Optional<Row> read(RowKey key) {
    throw SdkClientException.create("no answer");
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    throw SdkClientException.create("no answer");
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    throw SdkClientException.create("no answer");
  }

  @Override
  public boolean write(List<Row> rows) {
    throw SdkClientException.create("no answer");
  }
}
