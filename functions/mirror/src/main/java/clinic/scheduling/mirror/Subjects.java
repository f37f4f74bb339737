package clinic.scheduling.mirror;

import clinic.scheduling.core.Phi;
import clinic.scheduling.core.VisibleText;
import clinic.scheduling.meetings.plan.WantedBlock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The subjects of the meetings that this invocation has read. They are kept nowhere else, so an
 * invocation that needs one that it has not read reads the calendar whole.
 */
final class Subjects {
  private static final int LONGEST = 100;

  private final Map<String, Phi<String>> byEvent = new HashMap<>();

  void add(String event, Phi<String> subject) {
    byEvent.put(event, subject);
  }

  /** The title of a block; empty if it is a subject that was not read. */
  Optional<Phi<String>> titleOf(WantedBlock.Title title) {
    return title
        .text()
        .map(Phi::of)
        .or(() -> Optional.ofNullable(byEvent.get(title.event())).map(Subjects::shortened));
  }

  private static Phi<String> shortened(Phi<String> subject) {
    String text = VisibleText.line(subject.value());
    int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
    return Phi.of(text.substring(0, end));
  }
}
