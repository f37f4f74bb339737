package clinic.scheduling.operate.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls AWS. If a call fails, the exception names the action. */
public final class AwsAction {
  private AwsAction() {}

  /**
   * @param name of the action, as a policy names it
   * @throws SdkClientException with the code of the answer, not its text: a text of SQS may quote
   *     the message
   */
  public static <T> T call(String name, Supplier<T> action) {
    try {
      return action.get();
    } catch (AwsServiceException e) {
      throw failure(name, e);
    } catch (SdkException e) {
      throw SdkClientException.create(name + ": " + e.getMessage(), e);
    }
  }

  /** The failure of an action that AWS has answered. */
  public static SdkClientException failure(String name, AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null ? "" : " " + details.errorCode();
    return SdkClientException.create(name + ": " + e.statusCode() + code, e);
  }
}
