package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Log;
import clinic.scheduling.upkeep.UpkeepSettings;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a certificate to the log, and writes metrics that the alarms of template.yaml read. */
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
  void log(Certificate certificate, boolean dryRun) {
    certificate
        .unread()
        .forEach(
            (binding, code) -> log.warn("calendar-unreadable", "binding", binding, "code", code));
    certificate.discrepancies().stream()
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
    log(certificate.meetings());
    log.info(
        "certificate",
        "outcome",
        certificate.overall().word(),
        "wanted",
        certificate.sides().expected(),
        "standing",
        certificate.sides().actual(),
        "findings",
        certificate.discrepancies().size(),
        "meetings",
        certificate.meetings().report().meetings(),
        "blocks",
        certificate.meetings().report().blocks(),
        "meetingFindings",
        certificate.meetings().report().findings().size(),
        "hinted",
        certificate.done().hinted(),
        "adopted",
        certificate.done().adopted(),
        "removed",
        certificate.done().removed(),
        "noted",
        certificate.done().noted(),
        "undone",
        certificate.done().undone(),
        "cancelled",
        certificate.done().cancelled(),
        "canvas",
        certificate.sides().expectedDigest(),
        "calendars",
        certificate.sides().actualDigest(),
        "equal",
        certificate.equal(),
        "dryRun",
        dryRun);
    if (certificate.outcome() == Outcome.HELD
        && certificate.reason().equals(Certificate.MESSAGES)) {
      log.error("messages-held", "messages", certificate.counts().unheard());
    } else if (certificate.outcome() == Outcome.HELD) {
      log.error(
          "reconciliation-held",
          "removals",
          certificate.discrepancies().stream().filter(Discrepancy::isRemoval).count());
    }
    if (certificate.meetings().outcome() == Outcome.HELD) {
      log.error(
          "meetings-held",
          "reason",
          certificate.meetings().reason(),
          "removals",
          certificate.meetings().report().removals(),
          "calendars",
          certificate.meetings().report().stopped());
    }
  }

  private void log(MeetingCertificate meetings) {
    meetings
        .report()
        .unread()
        .forEach(
            (binding, code) -> log.warn("meetings-unreadable", "binding", binding, "code", code));
    meetings.report().findings().stream()
        .limit(Certificate.MOST_LISTED)
        .forEach(
            one ->
                log.info(
                    "meeting-finding",
                    "kind",
                    one.kind().word(),
                    "block",
                    one.block(),
                    "appointment",
                    one.appointmentId(),
                    "start",
                    one.time().start()));
  }

  /** Writes all metrics of a run. */
  void writeMetrics(Certificate certificate) {
    Map<String, Long> metrics = new LinkedHashMap<>();
    metrics.put("Certificates", 1L);
    metrics.put("Equal", certificate.equal() ? 1L : 0L);
    MeetingCertificate meetings = certificate.meetings();
    metrics.put("OutOfStep", certificate.discrepancies().size() + meetings.outOfStep());
    metrics.put("MeetingConflicts", meetings.conflicts());
    metrics.put("LostNotices", certificate.counts().unseen());
    Repairs.Done done = certificate.done();
    metrics.put(
        "Repaired",
        (long) done.hinted()
            + done.adopted()
            + done.removed()
            + done.cancelled()
            + meetings.repaired().prepared()
            + meetings.repaired().removed());
    metrics.putAll(needsAttention(certificate));
    writeLine(line(certificate, metrics));
  }

  /** Writes only the metrics that tell whether a person has to act. */
  void writeAttentionMetrics(Certificate certificate) {
    writeLine(line(certificate, needsAttention(certificate)));
  }

  private static Map<String, Long> needsAttention(Certificate certificate) {
    Map<String, Long> metrics = new LinkedHashMap<>();
    metrics.put("Held", certificate.overall() == Outcome.HELD ? 1L : 0L);
    metrics.put("Unknown", certificate.isUnknown() ? 1L : 0L);
    return metrics;
  }

  /**
   * One line of CloudWatch's embedded metric format (Amazon CloudWatch User Guide, "Embedded metric
   * format specification"). The id of the clinician is a property of the line, not a dimension.
   */
  private String line(Certificate certificate, Map<String, Long> metrics) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
    ObjectNode declared = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
    declared.putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode names = declared.putArray("Metrics");
    metrics.keySet().forEach(name -> names.addObject().put("Name", name).put("Unit", "Count"));
    line.put(DIMENSION, function).put("practitioner", certificate.practitioner());
    metrics.forEach(line::put);
    return line.toString();
  }

  /**
   * Prints a metric. CloudWatch needs it as a separate line of the function's output, so we print
   * it directly instead of logging it.
   */
  void writeLine(String line) {
    System.out.println(line);
  }
}
