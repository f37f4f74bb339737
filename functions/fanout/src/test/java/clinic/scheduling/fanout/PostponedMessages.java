package clinic.scheduling.fanout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

/** The one call of SQS that the function makes itself. */
public class PostponedMessages implements SqsClient {
  private final List<ChangeMessageVisibilityRequest> asked = new CopyOnWriteArrayList<>();

  List<Integer> seconds() {
    return asked.stream().map(ChangeMessageVisibilityRequest::visibilityTimeout).toList();
  }

  void clear() {
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
