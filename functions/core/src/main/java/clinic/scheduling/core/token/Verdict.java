package clinic.scheduling.core.token;

import java.util.Map;

/** What a token turned out to be. */
public sealed interface Verdict {

  /** Ours, for this purpose, and still good. */
  record Valid(Map<String, String> claims) implements Verdict {}

  /** Ours, for this purpose, but too old. */
  record Expired(Map<String, String> claims) implements Verdict {}

  /** Not ours, changed, or made for something else. */
  record Forged() implements Verdict {}
}
