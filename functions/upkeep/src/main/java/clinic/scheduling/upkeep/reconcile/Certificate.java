package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import java.util.List;
import java.util.Map;

/**
 * How it stands with one clinician at the end of a run. Ids, numbers and digests only.
 *
 * @param practitioner the id in the practice document
 * @param reason of an outcome that is not its own reason; empty otherwise
 * @param sides what was wanted and what stood before the repairs
 * @param visits that were looked at
 * @param unseen visits whose every notice was lost: nothing knows them but Canvas
 * @param unheard visits whose patients do not know how they stand
 * @param inMotion places that were left alone because a worker was there
 * @param unclear visits that were left alone because Canvas says something that is not understood
 * @param unread why a calendar could not be read, by its key
 */
record Certificate(
    String practitioner,
    Outcome outcome,
    String reason,
    SideDigests sides,
    int visits,
    long unseen,
    long unheard,
    long inMotion,
    long unclear,
    Map<String, String> unread,
    List<Discrepancy> findings,
    Repairs.Done done) {

  /** What it comes to. */
  enum Outcome {
    /** Everything was read and agrees. */
    AGREES,
    /** Everything was read; what was out of step is being put right, which the next run shows. */
    REPAIRING,
    /** What would be done is told, and nothing was done. */
    PLANNED,
    /**
     * Too much would be taken away: nothing was done. Or too many patients would be told at once:
     * none of them was, and calendars were put right. The reason says which.
     */
    HELD,
    /** Canvas or a calendar was not read wholly; of what was not read nothing was touched. */
    UNKNOWN
  }

  /** Of somebody about whom nothing is known. */
  static Certificate unknown(String practitioner, String reason) {
    return new Certificate(
        practitioner,
        Outcome.UNKNOWN,
        reason,
        new SideDigests(0, 0, "", ""),
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        List.of(),
        Repairs.Done.NOTHING);
  }

  static Certificate of(
      String practitioner,
      Outcome outcome,
      String reason,
      TakeSnapshot.Surveyed survey,
      List<Discrepancy> findings) {
    Snapshot picture = survey.picture();
    return new Certificate(
        practitioner,
        outcome,
        reason,
        SideDigests.of(picture),
        picture.sights().size(),
        unseen(picture, findings),
        survey.unheard().size(),
        picture.known().stream().filter(TrackedEntry::busy).count(),
        picture.sights().values().stream()
            .filter(sight -> sight == CanvasVisibility.UNCLEAR)
            .count(),
        survey.unread(),
        findings,
        Repairs.Done.NOTHING);
  }

  Certificate with(Repairs.Done repairs) {
    return new Certificate(
        practitioner,
        outcome,
        reason,
        sides,
        visits,
        unseen,
        unheard,
        inMotion,
        unclear,
        unread,
        findings,
        repairs);
  }

  long count(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** Whether both sides were read wholly and say the same. */
  boolean equal() {
    return outcome != Outcome.UNKNOWN && sides.equal();
  }

  private static long unseen(Snapshot picture, List<Discrepancy> findings) {
    return findings.stream()
        .filter(finding -> finding.kind() == Kind.MISSING)
        .map(finding -> finding.place().visit())
        .distinct()
        .filter(visit -> picture.known().stream().noneMatch(it -> it.place().visit().equals(visit)))
        .count();
  }
}
