package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One practitioner at one location (FHIR R4 Schedule; docs/facts/canvas.md 2.1). The id is {@code
 * Location.<integer>-Staff.<key>}; the integer is Canvas's internal number of the location, not its
 * UUID.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Schedule(@Nullable String id, @Nullable String comment) {
  private static final Pattern ID = Pattern.compile("Location\\.([0-9]+)-Staff\\.([0-9a-f]{32})");

  /** Location and practitioner; empty if the id has another format. */
  public Optional<IdParts> pair() {
    Matcher matcher = ID.matcher(id == null ? "" : id);
    return matcher.matches()
        ? Optional.of(new IdParts(matcher.group(), matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /**
   * The parts of a Schedule id.
   *
   * @param scheduleKey the integer of the location
   * @param practitioner the staff key
   */
  public record IdParts(String schedule, String scheduleKey, String practitioner) {}
}
