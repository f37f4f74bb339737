package clinic.scheduling.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A function gets a batch with the field names of Lambda, not with those of SQS. */
class SqsEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theRecordHasTheFieldsOfLambda() throws Exception {
    JsonNode message =
        JSON.readTree(
            """
            {"MessageId": "m-1", "ReceiptHandle": "r-1", "Body": "{\\"v\\":1}", "MD5OfBody": "md5",
             "Attributes": {"ApproximateReceiveCount": "1"},
             "MessageAttributes": {"trace": {"StringValue": "t", "DataType": "String"}}}
            """);

    JsonNode event = JSON.readTree(SqsEvent.of("appointment-changes", List.of(message)));

    assertThat(event)
        .isEqualTo(
            JSON.readTree(
                """
                {"Records": [{"messageId": "m-1", "receiptHandle": "r-1", "body": "{\\"v\\":1}",
                  "attributes": {"ApproximateReceiveCount": "1"},
                  "messageAttributes": {"trace": {"stringValue": "t", "stringListValues": [],
                    "binaryListValues": [], "dataType": "String"}},
                  "md5OfBody": "md5", "eventSource": "aws:sqs",
                  "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:appointment-changes",
                  "awsRegion": "us-east-1"}]}
                """));
  }
}
