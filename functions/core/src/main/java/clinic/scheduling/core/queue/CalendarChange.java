package clinic.scheduling.core.queue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The hint that the meetings of a calendar may have changed. Its consumer reads the calendar to
 * find out what they are now.
 *
 * @param v the version of this format, 1
 * @param provider {@code outlook} or {@code google}
 * @param binding the key of the calendar in the practice document, like {@code
 *     outlook-0123456789ab}
 * @param receivedAt when we heard of the change (ISO 8601)
 * @param force whether to continue where a guard has stopped the calendar; absent for false
 * @param dryRun whether to log what would be done, and to do nothing; absent for false
 * @param from the staff key of the first clinician of the calendar, in the order of the keys, for
 *     whom the calendar has to be read; absent for all
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalendarChange(
    int v,
    String provider,
    String binding,
    String receivedAt,
    @Nullable Boolean force,
    @Nullable Boolean dryRun,
    @Nullable String from) {

  public static CalendarChange of(String provider, String binding, Instant receivedAt) {
    return new CalendarChange(1, provider, binding, receivedAt.toString(), null, null, null);
  }

  /** The same hint, for a person who has decided that the guard should not stop the calendar. */
  public CalendarChange forced() {
    return new CalendarChange(v, provider, binding, receivedAt, true, dryRun, from);
  }

  /** The same hint for this clinician and those who follow. */
  public CalendarChange from(String practitioner) {
    return new CalendarChange(v, provider, binding, receivedAt, force, dryRun, practitioner);
  }
}
