package clinic.scheduling.fanout;

import java.util.List;
import java.util.stream.Stream;

/**
 * What those who ask for a look at a visit say of it. Whoever finds another at work leaves it with
 * the turn, so that the other one's look knows it too.
 *
 * @param isNew whether a notice says that the visit was made just now
 * @param isMoved whether a notice says that an appointment of it was replaced just now
 * @param isMute whether nobody wants the patient to be told by this look
 */
record SyncRequest(boolean isNew, boolean isMoved, boolean isMute) {
  /** Of nobody. */
  static final SyncRequest NONE = new SyncRequest(false, false, true);

  private static final String NEW = "new";
  private static final String MOVED = "moved";
  private static final String LOUD = "loud";

  SyncRequest and(SyncRequest other) {
    return new SyncRequest(isNew || other.isNew, isMoved || other.isMoved, isMute && other.isMute);
  }

  /** As a row holds it. */
  String words() {
    return String.join(
        " ",
        Stream.of(isNew ? NEW : "", isMoved ? MOVED : "", isMute ? "" : LOUD)
            .filter(word -> !word.isEmpty())
            .toList());
  }

  static SyncRequest of(String words) {
    List<String> all = List.of(words.split(" ", -1));
    return new SyncRequest(all.contains(NEW), all.contains(MOVED), !all.contains(LOUD));
  }
}
