package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Call;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preferences in the {@code Prefer} headers of a call (RFC 7240).
 *
 * @param pageSize the largest page that the client wants; 0 if it does not say
 */
record GraphPrefer(boolean immutableIds, String zone, GraphBody.Form body, int pageSize) {
  private static final Pattern ZONE =
      Pattern.compile("(?i)outlook\\.timezone\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern IMMUTABLE = Pattern.compile("(?i)IdType\\s*=\\s*\"ImmutableId\"");

  private static final Pattern PAGE =
      Pattern.compile("(?i)odata\\.maxpagesize\\s*=\\s*([0-9]{1,4})(?![0-9])");

  private static final Pattern TEXT =
      Pattern.compile("(?i)outlook\\.body-content-type\\s*=\\s*\"text\"");

  /** The preferences for showing events as they are stored. */
  static GraphPrefer asKept() {
    return new GraphPrefer(true, "UTC", GraphBody.Form.KEPT, 0);
  }

  static GraphPrefer of(Call call, GraphSettings settings) {
    String all = String.join(", ", call.headers().getOrDefault("prefer", List.of()));
    Matcher zone = ZONE.matcher(all);
    Matcher page = PAGE.matcher(all);
    return new GraphPrefer(
        IMMUTABLE.matcher(all).find(),
        zone.find() ? zone.group(1) : "UTC",
        GraphBody.Form.of(settings.textOnRequest() && TEXT.matcher(all).find(), settings),
        page.find() ? Integer.parseInt(page.group(1)) : 0);
  }
}
