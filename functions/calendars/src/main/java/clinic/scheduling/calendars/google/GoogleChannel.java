package clinic.scheduling.calendars.google;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A push channel ({@code docs/facts/google.md} 4).
 *
 * @param expiration Unix time in milliseconds, as a text
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record GoogleChannel(
    @Nullable String id,
    @Nullable String type,
    @Nullable String address,
    @Nullable String token,
    @Nullable String resourceId,
    @Nullable String expiration) {

  static GoogleChannel opening(String id, String token, URI address, Instant ends) {
    return new GoogleChannel(
        id, "web_hook", address.toString(), token, null, Long.toString(ends.toEpochMilli()));
  }

  static GoogleChannel stopping(String id, String resourceId) {
    return new GoogleChannel(id, null, null, null, resourceId, null);
  }

  /** When the channel ends; empty if Google does not say so in a form that we know. */
  Optional<Instant> ends() {
    return Optional.ofNullable(expiration)
        .filter(text -> text.matches("[0-9]{1,15}"))
        .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  @Override
  public String toString() {
    return "channel";
  }
}
