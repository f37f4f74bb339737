package clinic.scheduling.operate.status;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.operate.logs.LogLine;
import clinic.scheduling.operate.logs.Logs;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last certificate of reconciliation of each clinician. Dry runs do not count. */
final class CertificateStatus {
  private static final Duration LOOKED_AT = Duration.ofHours(24);

  /** The alarm ReconciliationMissing waits as long. */
  private static final Duration FRESH = Duration.ofHours(3);

  private static final Set<String> FINE = Set.of("agrees", "repairing");
  private static final String LINE = "%-30s %-12s %s";

  private CertificateStatus() {}

  static Part of(Logs logs, Practice practice, Instant now) {
    Map<String, LogLine> last = new HashMap<>();
    for (LogLine line : logs.beginningWith("RunUpkeep", "certificate ", now.minus(LOOKED_AT))) {
      if (word(line, "dryRun").equals("false")) {
        last.put(line.ids().getOrDefault("practitioner", ""), line);
      }
    }
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    List<String> lines = new ArrayList<>(List.of(LINE.formatted("clinician", "certificate", "at")));
    List<String> wrong = new ArrayList<>();
    for (Practitioner who : practice.practitioners()) {
      ObjectNode one = json.addObject().put("practitioner", who.id());
      LogLine line = last.get(who.id());
      if (line == null) {
        lines.add(LINE.formatted(who.id(), "none", "in the last 24 hours"));
        wrong.add("no certificate of " + who.id() + " in the last 24 hours");
        continue;
      }
      String outcome = word(line, "outcome");
      one.put("outcome", outcome).put("at", line.at().toString());
      one.put("equal", word(line, "equal").equals("true"));
      lines.add(LINE.formatted(who.id(), outcome, line.at()));
      if (!FINE.contains(outcome)) {
        wrong.add("the last certificate of " + who.id() + " says " + outcome);
      }
      if (line.at().isBefore(now.minus(FRESH))) {
        wrong.add("the last certificate of " + who.id() + " is older than 3 hours");
      }
    }
    return new Part("certificates", json, lines, wrong);
  }

  /** The value of {@code name=value} in a line. */
  private static String word(LogLine line, String name) {
    for (String word : line.text().split(" ", -1)) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    return "";
  }
}
