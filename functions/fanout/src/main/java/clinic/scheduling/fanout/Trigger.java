package clinic.scheduling.fanout;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.queue.ChangeNotice;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a visit is looked at.
 *
 * @param message the id of the message that asks for it, the same at each delivery
 * @param notice the id of the notice, the same at the second look: what is unchanged since is not
 *     asked for again
 * @param receivedAt when the notice came, by the clock of whoever received it
 * @param made the appointment, if the notice says that it was made just now
 * @param replacing the same, if it was perhaps made in place of another
 * @param isMute whether the patient is not to be told by it
 */
record Trigger(
    String message,
    String notice,
    Instant receivedAt,
    Optional<String> made,
    Optional<String> replacing,
    boolean isMute) {
  /**
   * For so long Canvas may still come to show what it has told of; what it does not show by then it
   * will not show, and the visit must not wait for ever.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static Trigger of(String message, ChangeNotice notice) {
    return new Trigger(
        message,
        Objects.requireNonNullElse(notice.noticeId(), message),
        instant(notice.receivedAt()),
        notice.made(),
        notice.replacing(),
        ChangeNotice.CALENDARS_ONLY.equals(notice.hint()));
  }

  /**
   * @param root of the visit
   */
  SyncRequest ask(String root) {
    return new SyncRequest(
        made.filter(root::equals).isPresent(),
        replacing.filter(id -> !id.equals(root)).isPresent(),
        isMute);
  }

  boolean isFresh(Instant now) {
    return now.isBefore(receivedAt.plus(PATIENCE));
  }

  static Instant instant(String text) {
    try {
      return Instants.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
