package clinic.scheduling.local.events;

import clinic.scheduling.local.lambda.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The messages of a batch that failed. A response that breaks the rules of {@code
 * ReportBatchItemFailures} fails the whole batch; an empty response fails none.
 *
 * @param why the error of the whole batch, starting with a separator; empty if there is none
 */
record BatchResult(Set<String> failed, String why) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static BatchResult of(Outcome outcome, boolean partial, List<String> ids) {
    if (outcome instanceof Outcome.Answered answered) {
      return partial ? read(answered.payload(), ids) : new BatchResult(Set.of(), "");
    }
    return all(ids, outcome.toString());
  }

  private static BatchResult read(byte[] payload, List<String> ids) {
    try {
      JsonNode failures = JSON.readTree(payload).path("batchItemFailures");
      if (!failures.isArray() && !failures.isMissingNode() && !failures.isNull()) {
        return all(ids, "batchItemFailures is no list");
      }
      Set<String> failed = new TreeSet<>();
      for (JsonNode failure : failures) {
        String id = failure.path("itemIdentifier").asText("");
        if (!ids.contains(id)) {
          return all(ids, "an itemIdentifier is none of the batch");
        }
        failed.add(id);
      }
      return new BatchResult(failed, "");
    } catch (IOException e) {
      return all(ids, "the answer is not JSON");
    }
  }

  private static BatchResult all(List<String> ids, String why) {
    return new BatchResult(new TreeSet<>(ids), "; " + why);
  }
}
