package clinic.scheduling.local.stores;

import clinic.scheduling.local.template.Deployment;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The page {@code /local/stores}: where tools of operators find the queues and the table. */
public final class StoresPage {
  private StoresPage() {}

  /**
   * {@code {"sqs", "dynamodb", "table", "practice", "commit"}}.
   *
   * @param practice where the functions read the practice document
   * @param commit that is running
   */
  public static ObjectNode of(
      EmbeddedAws aws, Deployment deployment, String practice, String commit) {
    return AwsJson.JSON
        .createObjectNode()
        .put("sqs", aws.sqs().toString())
        .put("dynamodb", aws.dynamodb().toString())
        .put(
            "table",
            deployment.tables().stream().map(Deployment.TableSpec::name).findFirst().orElse(""))
        .put("practice", practice)
        .put("commit", commit);
  }
}
