package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ses.model.SesException;

class ProviderAnswerTest {

  @ParameterizedTest
  @CsvSource({
    "400, MessageRejected, Rejected",
    "400, InvalidParameterValue, Rejected",
    "400, InvalidParameter, Rejected",
    "400, Throttling, NotSent",
    "429, TooManyRequests, NotSent",
    "403, AccessDenied, NotSent",
    "400, AccountSendingPausedException, NotSent",
    "408, RequestTimeout, Unknown",
    "500, InternalFailure, Unknown",
    "503, ServiceUnavailable, Unknown"
  })
  void anAnswerSaysWhetherSomethingWasSent(int status, String code, String expected) {
    SdkException failure =
        SesException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();

    assertThat(ProviderAnswer.resultOf(failure).getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void anAddressOfOursThatIsNotVerifiedIsNoFaultOfThePatients() {
    SdkException failure =
        SesException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("MessageRejected")
                    .errorMessage("Email address is not verified. canary@example.invalid")
                    .build())
            .build();

    assertThat(ProviderAnswer.resultOf(failure))
        .isEqualTo(new DeliveryResult.NotSetUp("NotVerified"));
  }

  @Test
  void noConnectionMeansThatNothingWasSent() {
    SdkException refused =
        SdkClientException.create("no", new RuntimeException(new ConnectException("refused")));

    assertThat(ProviderAnswer.resultOf(refused)).isInstanceOf(DeliveryResult.NotSent.class);
  }

  @Test
  void silenceOnAConnectionMeansThatNobodyKnows() {
    assertThat(
            ProviderAnswer.resultOf(SdkClientException.create("no", new SocketTimeoutException())))
        .isInstanceOf(DeliveryResult.Unknown.class);
    assertThat(ProviderAnswer.resultOf(ApiCallTimeoutException.create(6_000)))
        .isInstanceOf(DeliveryResult.Unknown.class);
  }

  @Test
  void theWordsOfAnErrorStayOutOfTheOutcome() {
    SdkException failure =
        SesException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode("bad canary@example.invalid").build())
            .message("canary@example.invalid")
            .build();

    assertThat(ProviderAnswer.resultOf(failure))
        .isEqualTo(new DeliveryResult.NotSent("status-400"));
  }
}
