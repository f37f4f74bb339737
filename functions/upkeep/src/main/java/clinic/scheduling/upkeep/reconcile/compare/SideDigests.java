package clinic.scheduling.upkeep.reconcile.compare;

import clinic.scheduling.core.Digest;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The number of entries on each side, and one digest for all of them. The digests are equal if and
 * only if the calendars have each expected entry exactly once, with the right content, and no other
 * entry of ours. Both digests leave out the entries that {@code Comparison.isCompared} leaves out.
 *
 * @param expectedDigest the digest of what Canvas asks for
 * @param actualDigest the digest of what the calendars show
 */
public record SideDigests(int expected, int actual, String expectedDigest, String actualDigest) {

  public static SideDigests of(Snapshot snapshot) {
    Predicate<EntryKey> isCompared = Comparison.isCompared(snapshot);
    List<String> expected =
        snapshot.expected().stream()
            .filter(it -> isCompared.test(it.key()))
            .map(it -> line(it.key(), it.digest()))
            .toList();
    List<String> actual =
        snapshot.actual().stream()
            .filter(it -> isCompared.test(it.key()))
            .map(it -> line(it.key(), it.digest()))
            .toList();
    return new SideDigests(expected.size(), actual.size(), digest(expected), digest(actual));
  }

  public boolean equal() {
    return expectedDigest.equals(actualDigest);
  }

  private static String line(EntryKey key, String digest) {
    return Digest.of(key.binding(), key.visit(), digest);
  }

  private static String digest(Collection<String> lines) {
    return Digest.of(
        Stream.concat(Stream.of("side"), lines.stream().sorted()).toArray(String[]::new));
  }
}
