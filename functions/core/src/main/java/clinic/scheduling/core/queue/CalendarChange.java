package clinic.scheduling.core.queue;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hint that the meetings of a calendar may have changed. Its consumer reads the calendar to
 * find out what they are now.
 *
 * @param v the version of this format, 1
 * @param provider {@code outlook} or {@code google}
 * @param binding the key of the calendar ({@link CalendarBinding#key})
 * @param receivedAt when we heard of the change (ISO 8601)
 * @param force whether to continue where a guard has stopped the calendar; absent for false
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalendarChange(
    int v, String provider, String binding, String receivedAt, @Nullable Boolean force) {

  public static CalendarChange of(Provider provider, String binding, Instant receivedAt) {
    return new CalendarChange(
        1, provider.name().toLowerCase(Locale.ROOT), binding, receivedAt.toString(), null);
  }

  /** The same hint, for a person who has decided that the guard should not stop the calendar. */
  public CalendarChange forced() {
    return new CalendarChange(v, provider, binding, receivedAt, true);
  }
}
