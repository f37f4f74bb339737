package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.SideDigests;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Visibility;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a run for one clinician. The answer, a log line and metrics show it. It contains
 * only ids, words, numbers and digests.
 *
 * @param practitioner the clinician's id in the practice document
 * @param outcome the outcome of comparing visits with entries; {@link #overall} is that of both
 *     directions
 * @param reason why the outcome is {@code HELD} or {@code UNKNOWN}; otherwise empty
 * @param sides what was expected and what the calendars showed, before the repairs
 * @param unread the keys of the calendars that could not be read, each with the reason
 * @param meetings the other direction: meetings and blocks
 */
record Certificate(
    String practitioner,
    Outcome outcome,
    String reason,
    SideDigests sides,
    Counts counts,
    Map<String, String> unread,
    List<Discrepancy> discrepancies,
    Repairs.Done done,
    MeetingCertificate meetings) {
  /** More discrepancies than this are counted, but not listed. */
  static final int MOST_LISTED = 200;

  /** The reasons of {@link Outcome#HELD}. */
  static final String REMOVALS = "removals";

  static final String MESSAGES = "messages";

  /**
   * Numbers of visits, and of entries that are being changed.
   *
   * @param visits all visits that were looked at
   * @param unseen visits that lack an entry and have no row in the ledger; only Canvas knows them,
   *     so every notice about them was lost
   * @param unheard visits whose patients have not been told the current state
   * @param inMotion entries that were left alone because a worker was changing them
   * @param unclear visits that were left alone because of something in Canvas that we do not
   *     understand
   */
  record Counts(int visits, long unseen, long unheard, long inMotion, long unclear) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    private static Counts of(Inspection found, List<Discrepancy> discrepancies) {
      Snapshot snapshot = found.snapshot();
      return new Counts(
          snapshot.visits().size(),
          unseen(snapshot, discrepancies),
          found.untoldVisits().size(),
          snapshot.tracked().stream().filter(Snapshot.Tracked::busy).count(),
          snapshot.visits().values().stream().filter(it -> it == Visibility.UNCLEAR).count());
    }

    private static long unseen(Snapshot snapshot, List<Discrepancy> discrepancies) {
      return discrepancies.stream()
          .filter(it -> it.kind() == Kind.MISSING)
          .map(it -> it.key().visit())
          .distinct()
          .filter(
              visit -> snapshot.tracked().stream().noneMatch(it -> it.key().visit().equals(visit)))
          .count();
    }
  }

  /** A certificate without numbers: nothing could be read, or the run failed. */
  static Certificate unknown(String practitioner, String reason) {
    return new Certificate(
        practitioner,
        Outcome.UNKNOWN,
        reason,
        new SideDigests(0, 0, "", ""),
        Counts.NONE,
        Map.of(),
        List.of(),
        Repairs.Done.NOTHING,
        MeetingCertificate.NOTHING);
  }

  static Certificate of(
      String practitioner,
      Outcome outcome,
      String reason,
      Inspection found,
      List<Discrepancy> discrepancies) {
    return new Certificate(
        practitioner,
        outcome,
        reason,
        SideDigests.of(found.snapshot()),
        Counts.of(found, discrepancies),
        found.unread(),
        discrepancies,
        Repairs.Done.NOTHING,
        MeetingCertificate.NOTHING);
  }

  Certificate with(Repairs.Done repairs) {
    return new Certificate(
        practitioner, outcome, reason, sides, counts, unread, discrepancies, repairs, meetings);
  }

  Certificate with(MeetingCertificate other) {
    return new Certificate(
        practitioner, outcome, reason, sides, counts, unread, discrepancies, done, other);
  }

  /** The worse outcome of the two directions. */
  Outcome overall() {
    return outcome.worse(meetings.outcome());
  }

  /** The reason of the overall outcome. */
  String overallReason() {
    return overall() == outcome ? reason : meetings.reason();
  }

  /**
   * Whether Canvas or a calendar could not be read completely. This is possible with the outcome
   * {@code HELD}, too.
   */
  boolean isUnknown() {
    return outcome == Outcome.UNKNOWN || !unread.isEmpty() || meetings.isUnknown();
  }

  /** Whether all sides of both directions could be read completely and are equal. */
  boolean equal() {
    return !isUnknown() && sides.equal() && meetings.equal();
  }

  /** The certificate in the form in which the function answers it. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("practitioner", practitioner).put("outcome", overall().word());
    if (!overallReason().isEmpty()) {
      json.put("reason", overallReason());
    }
    json.put("visits", counts.visits())
        .put("wanted", sides.expected())
        .put("standing", sides.actual());
    for (Kind kind : Kind.values()) {
      json.put(fieldName(kind), discrepancies.stream().filter(it -> it.kind() == kind).count());
    }
    json.put("unseen", counts.unseen())
        .put("unheard", counts.unheard())
        .put("inMotion", counts.inMotion())
        .put("unclear", counts.unclear());
    json.put("hinted", done.hinted())
        .put("adopted", done.adopted())
        .put("removed", done.removed())
        .put("noted", done.noted())
        .put("undone", done.undone())
        .put("cancelled", done.cancelled());
    json.put("canvasDigest", sides.expectedDigest())
        .put("calendarDigest", sides.actualDigest())
        .put("equal", equal());
    ObjectNode unreadJson = json.putObject("unread");
    unread.forEach(unreadJson::put);
    ArrayNode findings = json.putArray("findings");
    discrepancies.stream()
        .limit(MOST_LISTED)
        .forEach(
            one ->
                findings
                    .addObject()
                    .put("finding", one.kindWord())
                    .put("visit", one.key().visit())
                    .put("calendar", one.key().binding())
                    .put("repair", one.repairWord()));
    json.set("meetings", meetings.json());
    return json;
  }

  /** {@code LEFT_BEHIND} as {@code leftBehind}. */
  private static String fieldName(Kind kind) {
    StringBuilder name = new StringBuilder();
    for (String part : kind.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      String first = part.substring(0, 1);
      name.append(name.isEmpty() ? first : first.toUpperCase(Locale.ROOT))
          .append(part.substring(1));
    }
    return name.toString();
  }
}
