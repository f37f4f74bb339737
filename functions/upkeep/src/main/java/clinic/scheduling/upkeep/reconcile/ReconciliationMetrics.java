package clinic.scheduling.upkeep.reconcile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A certificate as metrics: one line of CloudWatch's embedded metric format, which has to be the
 * whole line and so passes the logger by. Numbers, and the id of the clinician as a property that
 * is no dimension.
 */
final class ReconciliationMetrics {
  private static final String NAMESPACE = "ExternalScheduling";
  private static final String DIMENSION = "Function";

  private ReconciliationMetrics() {}

  /**
   * @param function the name by which the alarms tell this deployment from others
   */
  static String line(Certificate certificate, String function, Instant now) {
    return line(certificate, numbers(certificate), function, now);
  }

  /** Only what needs a person. */
  static String needs(Certificate certificate, String function, Instant now) {
    return line(certificate, inNeed(certificate), function, now);
  }

  private static String line(
      Certificate certificate, Map<String, Long> numbers, String function, Instant now) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
    ObjectNode metrics = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
    metrics.putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode names = metrics.putArray("Metrics");
    numbers.keySet().forEach(name -> names.addObject().put("Name", name).put("Unit", "Count"));
    line.put(DIMENSION, function).put("practitioner", certificate.practitioner());
    numbers.forEach(line::put);
    return line.toString();
  }

  private static Map<String, Long> numbers(Certificate it) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("Certificates", 1L);
    numbers.put("Equal", it.equal() ? 1L : 0L);
    numbers.put("OutOfStep", (long) it.findings().size());
    numbers.put("LostNotices", it.unseen());
    Repairs.Done done = it.done();
    long repaired = (long) done.hinted() + done.adopted() + done.removed() + done.cancelled();
    numbers.put("Repaired", repaired);
    numbers.putAll(inNeed(it));
    return numbers;
  }

  private static Map<String, Long> inNeed(Certificate it) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("Held", it.outcome() == Certificate.Outcome.HELD ? 1L : 0L);
    numbers.put("Unknown", it.outcome() == Certificate.Outcome.UNKNOWN ? 1L : 0L);
    return numbers;
  }
}
