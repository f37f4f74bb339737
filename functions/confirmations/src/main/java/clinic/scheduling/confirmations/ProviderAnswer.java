package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Converts a failed call of SES or SNS to a {@link DeliveryResult}. An answer of the 4xx kind means
 * that nothing was sent. A 5xx, a time-out or a cut connection means that nobody knows, unless
 * there was no connection at all. Error texts never leave this class, since they quote the address.
 *
 * <p>Codes: Amazon SES API reference, SendRawEmail; Amazon SNS API reference, Publish.
 */
final class ProviderAnswer {
  /**
   * SES answers {@code MessageRejected: Email address is not verified} if our own sender address is
   * not verified. Then the clinic has to fix its account; the patient's address may be valid.
   */
  private static final String REJECTED = "MessageRejected";

  private static final String NOT_VERIFIED = "not verified";

  /** The provider refuses the address or number itself, and would refuse it again. */
  private static final Set<String> PERMANENT_CODES =
      Set.of(
          REJECTED,
          "InvalidParameter",
          "InvalidParameterValue",
          "InvalidParameterException",
          "OptedOut",
          "OptedOutException");

  private static final int REQUEST_TIMEOUT = 408;
  private static final int MAX_CAUSE_DEPTH = 8;

  private ProviderAnswer() {}

  static DeliveryResult resultOf(SdkException failure) {
    if (failure instanceof AwsServiceException answered) {
      return resultOf(answered);
    }
    String kind = failure.getClass().getSimpleName();
    return neverConnected(failure)
        ? new DeliveryResult.NotSent(kind)
        : new DeliveryResult.Unknown(kind);
  }

  private static DeliveryResult resultOf(AwsServiceException answer) {
    int status = answer.statusCode();
    String code = code(answer);
    if (answer.isThrottlingException()) {
      return new DeliveryResult.NotSent(code);
    }
    if (status < 400 || status >= 500 || status == REQUEST_TIMEOUT) {
      return new DeliveryResult.Unknown(code);
    }
    if (code.equals(REJECTED) && text(answer).contains(NOT_VERIFIED)) {
      return new DeliveryResult.NotSetUp("NotVerified");
    }
    return PERMANENT_CODES.contains(code)
        ? new DeliveryResult.Rejected(code)
        : new DeliveryResult.NotSent(code);
  }

  private static boolean neverConnected(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSE_DEPTH; depth++) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String text(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::errorMessage)
        .map(text -> Objects.requireNonNullElse(text, ""))
        .orElse("");
  }

  private static String code(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .map(code -> Objects.requireNonNullElse(code, ""))
        .filter(code -> code.matches("[A-Za-z0-9.]{1,80}"))
        .orElse("status-" + answer.statusCode());
  }
}
