package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of an entry as one text. We compare the content that was read with the expected
 * content. Providers return texts with different line ends, spaces and empty lines, so the
 * comparison ignores them ({@code docs/facts/outlook.md} 2).
 */
public final class EntryContent {
  private static final String RECURRING = "repeated";

  private EntryContent() {}

  /**
   * The value of the last field. Our entries never recur, so a recurring event always differs from
   * the expected content.
   */
  public static String recurring(boolean isRecurring) {
    return isRecurring ? RECURRING : "";
  }

  /** Joins the fields in their order; a missing field counts as empty. */
  public static Phi<String> of(@Nullable String... fields) {
    return Phi.of(
        Arrays.stream(fields).map(EntryContent::plain).collect(Collectors.joining("\u001f")));
  }

  private static String plain(@Nullable String field) {
    return PlainText.lines(Objects.requireNonNullElse(field, ""), Integer.MAX_VALUE);
  }
}
