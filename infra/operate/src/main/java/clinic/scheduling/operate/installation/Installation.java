package clinic.scheduling.operate.installation;

import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.operate.logs.Logs;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queues, the table, the logs and the functions of a stack on AWS, or of the local run. */
public interface Installation {

  SqsClient sqs();

  /** The URL of a queue. */
  String url(QueueName queue);

  /** The URL of the dead letters of a queue. */
  String deadLettersUrl(QueueName queue);

  /** When the oldest message came that is waiting in a queue; empty if nothing is known of one. */
  Optional<Instant> oldest(QueueName queue);

  Logs logs();

  Rows rows();

  /**
   * Runs a task of RunUpkeep and waits for its end, up to 16 minutes, which is longer than a run
   * may take. The task is started once: if the answer is lost, it is not started again.
   *
   * @param input of the function
   * @return its answer
   */
  JsonNode runUpkeep(JsonNode input);

  /**
   * Where the functions read the practice document: a file, or {@code table:<key>} for a row of the
   * table.
   */
  String practicePlace();

  /** The commit that is deployed. */
  String commit();
}
