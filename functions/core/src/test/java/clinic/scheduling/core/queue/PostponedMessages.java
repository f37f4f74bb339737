package clinic.scheduling.core.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

/** An SQS client that only records the visibility time-outs that a consumer sets. */
public class PostponedMessages implements SqsClient {
  private final List<ChangeMessageVisibilityRequest> asked = new CopyOnWriteArrayList<>();

  public List<Integer> seconds() {
    return asked.stream().map(ChangeMessageVisibilityRequest::visibilityTimeout).toList();
  }

  public void clear() {
    asked.clear();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    asked.add(request);
    return ChangeMessageVisibilityResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}
}
