package clinic.scheduling.canvas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one block: an appointment without a patient, by which a meeting in a clinician's
 * calendar takes time in Canvas (docs/facts/canvas.md 3.8). The name is the value of our identifier
 * of the appointment. We choose it before we create the block, so that a retry after a lost answer
 * finds the block.
 *
 * @param block a digest of the clinician and the meeting: 32 lower-case hexadecimal characters
 * @param generation rises when the block is removed or found removed, so that the next one gets a
 *     new name
 */
public record BlockName(String block, int generation) {
  private static final String PREFIX = "block-";
  private static final Pattern FORMAT = Pattern.compile("block-([0-9a-f]{32})-([0-9]{1,6})");

  /** The value of the identifier. */
  public String text() {
    return PREFIX + block + "-" + generation;
  }

  public BlockName next() {
    return new BlockName(block, generation + 1);
  }

  /** Empty for a text that is not the name of a block. */
  public static Optional<BlockName> parse(String text) {
    Matcher form = FORMAT.matcher(text);
    return form.matches()
        ? Optional.of(new BlockName(form.group(1), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }

  /**
   * Whether an appointment with this identifier of ours is a block, of whatever form its name is.
   */
  public static boolean isNameOfBlock(String identifier) {
    return identifier.startsWith(PREFIX);
  }
}
