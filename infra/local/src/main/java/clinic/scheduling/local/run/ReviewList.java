package clinic.scheduling.local.run;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.template.Deployment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What the clinic should review, from the table: unconfirmed messages and suppressed contact points
 * of the last seven days, latest day first. It contains ids only.
 */
final class ReviewList {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DAYS = 7;

  private final Deployment deployment;
  private final EmbeddedAws aws;
  private final Clock clock;

  ReviewList(Deployment deployment, EmbeddedAws aws, Clock clock) {
    this.deployment = deployment;
    this.aws = aws;
    this.clock = clock;
  }

  /** {@code {"troubles":[{"what","id","since","channel","state"?,"why"?,"visit"?}]}}. */
  ObjectNode list() throws IOException, InterruptedException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("troubles");
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (Deployment.TableSpec table : deployment.tables()) {
      for (int ago = 0; ago < DAYS; ago++) {
        for (JsonNode row : aws.rows(table.name(), "trouble#" + today.minusDays(ago))) {
          add(list, row);
        }
      }
    }
    return answer;
  }

  private static void add(ArrayNode list, JsonNode row) {
    String[] name = row.at("/sk/S").asText().split("#", 2);
    ObjectNode trouble = list.addObject().put("what", name[0]).put("id", name[1]);
    row.at("/fields/M")
        .properties()
        .forEach(field -> trouble.put(field.getKey(), field.getValue().path("S").asText()));
  }
}
