package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.queue.ChangeNotice;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A batch as Lambda brings it, through the runtime's own handler. */
@QuarkusTest
class BatchOfNoticesTest extends SyncCase {

  @Test
  void theNoticesOfABatchAreHandledAndOnlyTheFailedOnesAreReported() throws IOException {
    List<String> bodies = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      bodies.add(notice(booked()));
    }
    bodies.add(2, "{\"v\":1,\"appointment\":7}");
    bodies.add(5, notice("an-appointment-that-canvas-does-not-show"));

    List<String> failed = failed(bodies);

    assertThat(failed).containsExactlyInAnyOrder("id-2", "id-5");
    assertThat(calendars.outlook(INGRIDS)).hasSize(4);
    assertThat(calendars.google(INGRIDS)).hasSize(4);
  }

  @Test
  void theSameVisitTenTimesInABatchHasOneEntryInEachCalendar() throws IOException {
    String visit = booked();
    List<String> bodies = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      bodies.add(notice(visit));
    }

    assertThat(failed(bodies)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS)).isNotNull();
    assertThat(onlyInGoogle(INGRIDS)).isNotNull();
  }

  private String notice(String appointment) throws IOException {
    return mapper.writeValueAsString(
        ChangeNotice.of(appointment, "created", "n-" + appointment, clock.instant(), bookingId));
  }

  private List<String> failed(List<String> bodies) throws IOException {
    ObjectNode event = mapper.createObjectNode();
    for (int n = 0; n < bodies.size(); n++) {
      ObjectNode message = event.withArray("Records").addObject();
      message
          .put("messageId", "id-" + n)
          .put("receiptHandle", "receipt-" + n)
          .put("body", bodies.get(n))
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:appointment-changes")
          .put("awsRegion", "us-east-1");
      message.putObject("attributes").put("ApproximateReceiveCount", "1");
      message.putObject("messageAttributes");
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    FunqyLambdaBindingRecorder.handle(
        new ByteArrayInputStream(mapper.writeValueAsBytes(event)), answer, null);
    List<String> failed = new ArrayList<>();
    for (JsonNode one : mapper.readTree(answer.toByteArray()).path("batchItemFailures")) {
      failed.add(one.path("itemIdentifier").asText());
    }
    return failed;
  }
}
