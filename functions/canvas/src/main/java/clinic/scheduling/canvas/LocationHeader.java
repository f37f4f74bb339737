package clinic.scheduling.canvas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the id out of a {@code Location} header. The URL may be absolute or relative, with http or
 * https, and with or without {@code /_history/n} (docs/facts/canvas.md 1.7).
 */
final class LocationHeader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private LocationHeader() {}

  static Optional<String> idOf(String resourceType, String location) {
    Matcher after =
        Pattern.compile("(?:^|/)" + resourceType + "/([^/?#]+)").matcher(location.strip());
    return after.find() && ID.matcher(after.group(1)).matches()
        ? Optional.of(after.group(1))
        : Optional.empty();
  }
}
