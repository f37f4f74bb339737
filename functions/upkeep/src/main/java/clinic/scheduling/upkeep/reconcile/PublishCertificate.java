package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Log;
import clinic.scheduling.upkeep.UpkeepSettings;
import clinic.scheduling.upkeep.reconcile.Certificate.Outcome;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a certificate to the log, and as metrics, which the alarms of template.yaml read. */
@Singleton
class PublishCertificate {
  private static final String NAMESPACE = "ExternalScheduling";
  private static final String DIMENSION = "Function";

  private final Clock clock;
  private final String function;
  private final Log log = Log.of(PublishCertificate.class);

  PublishCertificate(Clock clock, UpkeepSettings settings) {
    this.clock = clock;
    this.function = settings.functionName();
  }

  /** Writes log lines for every discrepancy and for the certificate. */
  void log(Certificate it, boolean dryRun) {
    it.unread()
        .forEach(
            (binding, code) -> log.warn("calendar-unreadable", "binding", binding, "code", code));
    it.discrepancies().stream()
        .limit(Certificate.MOST_LISTED)
        .forEach(
            one ->
                log.info(
                    "finding",
                    "kind",
                    one.kindWord(),
                    "visit",
                    one.key().visit(),
                    "binding",
                    one.key().binding(),
                    "repair",
                    one.repairWord()));
    log.info(
        "certificate",
        "outcome",
        it.outcomeWord(),
        "wanted",
        it.sides().expected(),
        "standing",
        it.sides().actual(),
        "findings",
        it.discrepancies().size(),
        "hinted",
        it.done().hinted(),
        "adopted",
        it.done().adopted(),
        "removed",
        it.done().removed(),
        "noted",
        it.done().noted(),
        "undone",
        it.done().undone(),
        "cancelled",
        it.done().cancelled(),
        "canvas",
        it.sides().canvas(),
        "calendars",
        it.sides().calendars(),
        "equal",
        it.equal(),
        "dryRun",
        dryRun);
    if (it.outcome() == Outcome.HELD && it.reason().equals(Certificate.MESSAGES)) {
      log.error("messages-held", "messages", it.counts().unheard());
    } else if (it.outcome() == Outcome.HELD) {
      log.error(
          "reconciliation-held",
          "removals",
          it.discrepancies().stream().filter(Discrepancy::takesAway).count());
    }
  }

  /** Writes all metrics of a run. */
  void measure(Certificate it) {
    Map<String, Long> metrics = new LinkedHashMap<>();
    metrics.put("Certificates", 1L);
    metrics.put("Equal", it.equal() ? 1L : 0L);
    metrics.put("OutOfStep", (long) it.discrepancies().size());
    metrics.put("LostNotices", it.counts().unseen());
    Repairs.Done done = it.done();
    metrics.put(
        "Repaired", (long) done.hinted() + done.adopted() + done.removed() + done.cancelled());
    metrics.putAll(needsAttention(it));
    writeLine(line(it, metrics));
  }

  /** Writes only the metrics that tell whether a person has to act. */
  void measureAttention(Certificate it) {
    writeLine(line(it, needsAttention(it)));
  }

  private static Map<String, Long> needsAttention(Certificate it) {
    Map<String, Long> metrics = new LinkedHashMap<>();
    metrics.put("Held", it.outcome() == Outcome.HELD ? 1L : 0L);
    metrics.put("Unknown", it.isUnknown() ? 1L : 0L);
    return metrics;
  }

  /**
   * One line of CloudWatch's embedded metric format (Amazon CloudWatch User Guide, "Embedded metric
   * format specification"). The id of the clinician is a property of the line, not a dimension.
   */
  private String line(Certificate it, Map<String, Long> metrics) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
    ObjectNode declared = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
    declared.putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode names = declared.putArray("Metrics");
    metrics.keySet().forEach(name -> names.addObject().put("Name", name).put("Unit", "Count"));
    line.put(DIMENSION, function).put("practitioner", it.practitioner());
    metrics.forEach(line::put);
    return line.toString();
  }

  /** The metric has to be a line of its own in the function's output, so it bypasses the logger. */
  void writeLine(String line) {
    System.out.println(line);
  }
}
