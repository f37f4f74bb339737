package clinic.scheduling.fanout;

import clinic.scheduling.core.queue.ChangeNotice;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of a notice that a read of Canvas does not show: whether the visit was just created or
 * moved, and whether its patient may get a message. A worker that finds the visit locked stores its
 * request in the row of the lock. The worker that has the lock then handles the request.
 *
 * @param isNew whether a notice says that the visit was just created
 * @param isMoved whether a notice says that an appointment of the visit was just replaced
 * @param isSilent whether all notices are about calendars only, so that the patient gets no message
 */
record SyncRequest(boolean isNew, boolean isMoved, boolean isSilent) {
  /** Asks for nothing. */
  static final SyncRequest NONE = new SyncRequest(false, false, true);

  private static final String NEW = "new";
  private static final String MOVED = "moved";
  private static final String WITH_MESSAGES = "loud";

  /**
   * @param root the id of the first appointment of the visit that the notice is about
   */
  static SyncRequest of(ChangeNotice notice, String root) {
    return new SyncRequest(
        notice.created().filter(root::equals).isPresent(),
        notice.createdOrReplacing().filter(id -> !id.equals(root)).isPresent(),
        ChangeNotice.CALENDARS_ONLY.equals(notice.hint()));
  }

  /** Combines two requests to one that asks for everything that either of them asks for. */
  SyncRequest combinedWith(SyncRequest other) {
    return new SyncRequest(
        isNew || other.isNew, isMoved || other.isMoved, isSilent && other.isSilent);
  }

  /** The form in which a row holds the request. */
  String toText() {
    return String.join(
        " ",
        Stream.of(isNew ? NEW : "", isMoved ? MOVED : "", isSilent ? "" : WITH_MESSAGES)
            .filter(word -> !word.isEmpty())
            .toList());
  }

  static SyncRequest parse(String words) {
    List<String> all = List.of(words.split(" ", -1));
    return new SyncRequest(all.contains(NEW), all.contains(MOVED), !all.contains(WITH_MESSAGES));
  }
}
