package clinic.scheduling.core.queue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * The request "tell the patient about this change". The function that sends the message reads
 * Canvas to find out what to say.
 *
 * @param v the version of this format, 1
 * @param appointment the Canvas id of the first appointment of the visit
 * @param change what changed, as {@link clinic.scheduling.core.queue.Change#word()}
 * @param messageKey the deduplication key: on one channel, no two messages are sent with the same
 *     key. For a change it is {@code <visit>#<number of the change>}, for a reminder {@code
 *     <visit>#<reminder>-<minute of the start>}
 * @param correlation our identifier of the booking, if there is one
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PatientMessage(
    int v, String appointment, String change, String messageKey, @Nullable String correlation) {

  public static PatientMessage of(
      String appointment, Change change, String messageKey, @Nullable String correlation) {
    return new PatientMessage(1, appointment, change.word(), messageKey, correlation);
  }
}
