package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that an entry says in one text, to compare what stands with what should. Providers give texts
 * back with other line ends, blanks and empty lines, so none of these count.
 */
public final class EntryContent {
  private static final String REPEATED = "repeated";

  private EntryContent() {}

  /** What the last field says: an entry of ours happens once, whatever else it says. */
  public static String repeated(boolean isRepeated) {
    return isRepeated ? REPEATED : "";
  }

  /** Of the fields in their order; a field that is not there says nothing. */
  public static Phi<String> of(@Nullable String... fields) {
    return Phi.of(
        Arrays.stream(fields).map(EntryContent::plain).collect(Collectors.joining("\u001f")));
  }

  private static String plain(@Nullable String field) {
    return PlainText.lines(Objects.requireNonNullElse(field, ""), Integer.MAX_VALUE);
  }
}
