package clinic.scheduling.fanout;

import clinic.scheduling.core.queue.ChangeNotice;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a notice asks of the synchronisation of its visit, beyond reading Canvas again. A worker
 * that finds the visit locked leaves its request with the lock, so that the worker at work handles
 * it too.
 *
 * @param isNew whether a notice says that the visit was just created
 * @param isMoved whether a notice says that an appointment of the visit was just replaced
 * @param isSilent whether no notice asks for messages to the patient
 */
record SyncRequest(boolean isNew, boolean isMoved, boolean isSilent) {
  /** Asks for nothing. */
  static final SyncRequest NONE = new SyncRequest(false, false, true);

  private static final String NEW = "new";
  private static final String MOVED = "moved";
  private static final String LOUD = "loud";

  /**
   * @param root of the visit that the notice is about
   */
  static SyncRequest of(ChangeNotice notice, String root) {
    return new SyncRequest(
        notice.created().filter(root::equals).isPresent(),
        notice.createdOrReplacing().filter(id -> !id.equals(root)).isPresent(),
        ChangeNotice.CALENDARS_ONLY.equals(notice.hint()));
  }

  /** One request that asks for everything that either asks for. */
  SyncRequest and(SyncRequest other) {
    return new SyncRequest(
        isNew || other.isNew, isMoved || other.isMoved, isSilent && other.isSilent);
  }

  /** The form in which a row holds the request. */
  String words() {
    return String.join(
        " ",
        Stream.of(isNew ? NEW : "", isMoved ? MOVED : "", isSilent ? "" : LOUD)
            .filter(word -> !word.isEmpty())
            .toList());
  }

  static SyncRequest parse(String words) {
    List<String> all = List.of(words.split(" ", -1));
    return new SyncRequest(all.contains(NEW), all.contains(MOVED), !all.contains(LOUD));
  }
}
