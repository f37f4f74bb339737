package clinic.scheduling.meetings.plan;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Coding;
import clinic.scheduling.core.practice.Meetings;
import java.util.Optional;
import java.util.Set;

/**
 * A block that Canvas should have.
 *
 * @param block the digest in the name of the block
 * @param type the type of the appointment
 * @param calendar the key of the calendar whose rules apply: the clinician's first one with the
 *     meeting
 * @param staffMayFree whether the block stays as staff left it in Canvas
 */
public record WantedBlock(
    String block, Interval time, Coding type, Title title, String calendar, boolean staffMayFree) {

  /**
   * What the block is called.
   *
   * @param digest a digest of the title; keyed if the title is a subject
   * @param text the title that the practice has chosen; empty if the title is the subject
   * @param event the digest of the id of the event that has the subject
   */
  public record Title(String digest, Optional<String> text, String event) {
    private static final String CHOSEN = "block-title";

    static Title of(StoredMeeting meeting, Meetings rules) {
      Optional<String> subject =
          meeting.subjectDigest().filter(it -> rules.subject() && !meeting.isPrivate());
      return new Title(
          subject.orElseGet(() -> Digest.of(CHOSEN, rules.title())),
          subject.isPresent() ? Optional.empty() : Optional.of(rules.title()),
          meeting.event());
    }

    /**
     * The two digests that a block shown with this title may have: one if the practice has chosen
     * the title, and a keyed one if the title is the subject of the meeting.
     *
     * @param digestKey as for {@link StoredMeeting#of}
     */
    public static Set<String> digestsOf(Phi<String> text, byte[] digestKey) {
      return Set.of(
          Digest.of(CHOSEN, text.value()), StoredMeeting.digestOfSubject(text, digestKey));
    }
  }

  /** The text by which the ledger recognises the block as it should be. */
  public String fingerprint() {
    return KnownBlock.fingerprint(time, type.system() + " " + type.code() + " " + title.digest());
  }
}
