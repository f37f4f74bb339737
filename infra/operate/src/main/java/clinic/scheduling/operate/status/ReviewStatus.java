package clinic.scheduling.operate.status;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The messages in doubt of the last seven days, and how much else a person has to look at. */
final class ReviewStatus {
  private static final int DAYS = 7;
  private static final int PAGES = 20;
  private static final String DOUBT = "doubt";

  private final Map<String, Integer> counts = new TreeMap<>();
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode doubts = json.putArray("inDoubt");
  private final List<String> lines = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private ReviewStatus() {}

  static Part of(Rows rows, Instant now) {
    ReviewStatus status = new ReviewStatus();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int ago = 0; ago < DAYS; ago++) {
      status.read(rows, "trouble#" + today.minusDays(ago));
    }
    return status.part();
  }

  private void read(Rows rows, String partition) {
    Optional<String> next = Optional.of("");
    for (int page = 0; page < PAGES && next.isPresent(); page++) {
      RowPage one = rows.page(partition, "", next.get(), Rows.PAGE);
      one.rows().forEach(this::add);
      next = one.next();
    }
  }

  private void add(Row row) {
    String[] name = row.key().sort().split("#", 2);
    if (!name[0].equals(DOUBT)) {
      counts.merge(name[0], 1, Integer::sum);
    } else if (!row.field("state").equals(Optional.of("settled"))) {
      String since = row.field("since").orElse("");
      doubts.addObject().put("message", name[1]).put("since", since);
      lines.add("message in doubt: " + name[1] + " since " + since);
    }
  }

  private Part part() {
    if (doubts.isEmpty()) {
      lines.add("no message is in doubt");
    } else {
      wrong.add(doubts.size() + " messages in doubt");
    }
    ObjectNode others = json.putObject("toLookAt");
    counts.forEach(others::put);
    if (!counts.isEmpty()) {
      lines.add("to look at in the last 7 days: " + counts);
    }
    int untold = counts.getOrDefault("untold", 0);
    if (untold > 0) {
      wrong.add(untold + " changes that no channel could tell a patient");
    }
    return new Part("messages", json, lines, wrong);
  }
}
