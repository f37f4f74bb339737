package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of an entry as one text, to compare the actual with the expected entry. Providers
 * return texts with other line ends, blanks and empty lines, so the comparison ignores these
 * ({@code docs/facts/outlook.md} 2).
 */
public final class EntryContent {
  private static final String RECURRING = "repeated";

  private EntryContent() {}

  /** The last field: an entry of ours happens once, so a recurring one always differs. */
  public static String recurring(boolean isRecurring) {
    return isRecurring ? RECURRING : "";
  }

  /** The fields in their order; a missing field counts as empty. */
  public static Phi<String> of(@Nullable String... fields) {
    return Phi.of(
        Arrays.stream(fields).map(EntryContent::plain).collect(Collectors.joining("\u001f")));
  }

  private static String plain(@Nullable String field) {
    return PlainText.lines(Objects.requireNonNullElse(field, ""), Integer.MAX_VALUE);
  }
}
