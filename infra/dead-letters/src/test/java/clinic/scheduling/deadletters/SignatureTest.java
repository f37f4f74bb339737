package clinic.scheduling.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests are signed as AWS verifies them. */
class SignatureTest {
  private static final Signature EXAMPLE =
      new Signature("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "iam");

  /** The example of the AWS documentation: ListUsers of IAM on 2015-08-30. */
  @Test
  void thePublishedExampleIsSignedAsPublished() {
    String signed =
        EXAMPLE.of(
            "GET",
            "Action=ListUsers&Version=2010-05-08",
            Map.of(
                "host", "iam.amazonaws.com",
                "x-amz-date", "20150830T123600Z",
                "content-type", "application/x-www-form-urlencoded; charset=utf-8"),
            new byte[0],
            Instant.parse("2015-08-30T12:36:00Z"));

    assertThat(signed)
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  }

  @Test
  void itsTextFormShowsNothing() {
    assertThat(EXAMPLE).hasToString("[secret]");
  }
}
