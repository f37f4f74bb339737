package clinic.scheduling.upkeep.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a run of renewals has done, for one calendar or for all. */
final class RenewalCounts {
  private int opened;
  private int renewed;
  private int adopted;
  private int stopped;
  private int forgotten;
  private final List<String> failures = new ArrayList<>();

  void opened() {
    opened++;
  }

  void renewed() {
    renewed++;
  }

  void adopted() {
    adopted++;
  }

  void stopped() {
    stopped++;
  }

  void forgotten() {
    forgotten++;
  }

  /**
   * @param code the reason in one word
   */
  void failed(String code) {
    failures.add(code);
  }

  boolean isFailed() {
    return !failures.isEmpty();
  }

  boolean isNothing() {
    return opened + renewed + adopted + stopped + forgotten + failures.size() == 0;
  }

  void add(RenewalCounts other) {
    opened += other.opened;
    renewed += other.renewed;
    adopted += other.adopted;
    stopped += other.stopped;
    forgotten += other.forgotten;
    failures.addAll(other.failures);
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("opened", opened)
            .put("renewed", renewed)
            .put("adopted", adopted)
            .put("stopped", stopped)
            .put("forgotten", forgotten)
            .put("failed", failures.size());
    failures.stream().distinct().limit(10).forEach(json.withArray("why")::add);
    return json;
  }
}
