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
 * Converts a failed call of SES or SNS to a {@link DeliveryResult}:
 *
 * <ul>
 *   <li>After an answer with a 4xx status other than 408, we know that nothing was sent.
 *   <li>After a throttled call, and if no connection was made, nothing was sent either.
 *   <li>After any other answer, a time-out or a broken connection, nobody knows whether the message
 *       was sent.
 * </ul>
 *
 * <p>Error texts never leave this class, because they quote the address.
 *
 * <p>Codes: Amazon SES API reference, SendRawEmail; Amazon SNS API reference, Publish.
 */
final class ProviderAnswer {
  /**
   * SES answers {@code MessageRejected: Email address is not verified} if our own sender address is
   * not verified. Then the clinic has to correct its SES account, and the patient's address may be
   * valid.
   */
  private static final String REJECTED = "MessageRejected";

  private static final String NOT_VERIFIED = "not verified";

  /**
   * Codes with which a provider rejects the address, the number or the message permanently. It
   * would reject the same call again.
   */
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
