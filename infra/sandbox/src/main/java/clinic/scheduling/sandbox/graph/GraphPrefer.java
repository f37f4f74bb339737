package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Call;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preferences in the {@code Prefer} headers of a call (RFC 7240). */
record GraphPrefer(boolean immutableIds, String zone, GraphBody.Form body) {
  private static final Pattern ZONE =
      Pattern.compile("(?i)outlook\\.timezone\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern IMMUTABLE = Pattern.compile("(?i)IdType\\s*=\\s*\"ImmutableId\"");

  private static final Pattern TEXT =
      Pattern.compile("(?i)outlook\\.body-content-type\\s*=\\s*\"text\"");

  /** The preferences for showing events as they are stored. */
  static GraphPrefer asKept() {
    return new GraphPrefer(true, "UTC", GraphBody.Form.KEPT);
  }

  static GraphPrefer of(Call call, GraphSettings settings) {
    String all = String.join(", ", call.headers().getOrDefault("prefer", List.of()));
    Matcher zone = ZONE.matcher(all);
    return new GraphPrefer(
        IMMUTABLE.matcher(all).find(),
        zone.find() ? zone.group(1) : "UTC",
        GraphBody.Form.of(settings.textOnRequest() && TEXT.matcher(all).find(), settings));
  }
}
