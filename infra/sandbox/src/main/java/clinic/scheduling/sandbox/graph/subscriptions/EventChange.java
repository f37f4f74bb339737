package clinic.scheduling.sandbox.graph.subscriptions;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A change of one event, by whomever.
 *
 * @param mailbox the address, in lower case
 */
public record EventChange(
    String mailbox, Type type, String immutableId, String mutableId, String etag) {

  /** The values of a subscription's {@code changeType}. */
  public enum Type {
    created,
    updated,
    deleted
  }

  /** The object id of a mailbox's user. Graph names the user by it in a notice. */
  public static String objectId(String mailbox) {
    return UUID.nameUUIDFromBytes(mailbox.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
