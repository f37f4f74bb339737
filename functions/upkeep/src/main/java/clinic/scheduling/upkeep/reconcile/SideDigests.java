package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Digest;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Both sides in one digest each: what Canvas asks for, and what stands in the calendars. They are
 * equal if and only if each entry is there once and says what it should. What is in motion, unclear
 * or unreadable is in neither, and counted elsewhere.
 */
record SideDigests(int wanted, int standing, String canvas, String calendars) {

  static SideDigests of(Snapshot picture) {
    Predicate<EntryKey> counts = Comparison.counting(picture);
    List<String> asked =
        picture.wanted().stream()
            .filter(it -> counts.test(it.place()))
            .map(it -> line(it.place(), it.print()))
            .toList();
    List<String> there =
        picture.standing().stream()
            .filter(it -> counts.test(it.place()))
            .map(it -> line(it.place(), it.print()))
            .toList();
    return new SideDigests(asked.size(), there.size(), digest(asked), digest(there));
  }

  boolean equal() {
    return canvas.equals(calendars);
  }

  private static String line(EntryKey place, String print) {
    return Digest.of(place.binding(), place.visit(), print);
  }

  private static String digest(Collection<String> lines) {
    return Digest.of(
        Stream.concat(Stream.of("side"), lines.stream().sorted()).toArray(String[]::new));
  }
}
