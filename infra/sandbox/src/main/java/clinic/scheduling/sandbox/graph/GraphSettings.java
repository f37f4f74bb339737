package clinic.scheduling.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings for behaviour of Graph that is undocumented or depends on the tenant.
 *
 * @param transactionConflict whether a repeated {@code transactionId} gets 409 instead of the event
 *     that it created
 * @param rememberTransactions whether a repeated {@code transactionId} is recognised; Graph does
 *     not document for how long
 * @param requireImmutableIds a call without {@code Prefer: IdType="ImmutableId"} is refused
 * @param unknownMailboxes what happens to a mailbox that was not seeded
 * @param concurrentPerMailbox requests at work in one mailbox before 429; 0 for no limit
 * @param hiddenSeconds so long after it was made, the id of an event leads nowhere
 * @param unlistedSeconds so long after it was made, no list and no view shows an event
 * @param deleteOfGone the code that answers a DELETE of what is gone: {@code ErrorItemNotFound}
 *     (404) or {@code ErrorCannotDeleteObject} (403, then also of what lies in Deleted Items)
 * @param textOnRequest whether {@code Prefer: outlook.body-content-type="text"} is heeded
 * @param linkedBodies whether an address in a body has become a link
 * @param failingSchedules the addresses of which getSchedule answers an error
 */
record GraphSettings(
    boolean transactionConflict,
    boolean rememberTransactions,
    boolean requireImmutableIds,
    UnknownMailboxes unknownMailboxes,
    int concurrentPerMailbox,
    int hiddenSeconds,
    int unlistedSeconds,
    String deleteOfGone,
    boolean textOnRequest,
    boolean linkedBodies,
    Set<String> failingSchedules) {

  /** An unknown mailbox is unlicensed (404), denied by policy (403), or created on first use. */
  enum UnknownMailboxes {
    refuse,
    deny,
    create
  }

  static GraphSettings usual() {
    return new GraphSettings(
        false,
        true,
        false,
        UnknownMailboxes.refuse,
        4,
        0,
        0,
        "ErrorItemNotFound",
        true,
        false,
        Set.of());
  }

  boolean refusesDeleteOfGone() {
    return deleteOfGone.equals("ErrorCannotDeleteObject");
  }

  /** These settings, with the changes in the document. */
  GraphSettings with(JsonNode json) {
    String unknown = json.path("unknownMailboxes").asText(unknownMailboxes.name());
    return new GraphSettings(
        json.path("transactionConflict").asBoolean(transactionConflict),
        json.path("rememberTransactions").asBoolean(rememberTransactions),
        json.path("requireImmutableIds").asBoolean(requireImmutableIds),
        UnknownMailboxes.valueOf(unknown),
        json.path("concurrentPerMailbox").asInt(concurrentPerMailbox),
        json.path("hiddenSeconds").asInt(hiddenSeconds),
        json.path("unlistedSeconds").asInt(unlistedSeconds),
        json.path("deleteOfGone").asText(deleteOfGone),
        json.path("textOnRequest").asBoolean(textOnRequest),
        json.path("linkedBodies").asBoolean(linkedBodies),
        json.has("failingSchedules") ? lowerCase(json.get("failingSchedules")) : failingSchedules);
  }

  private static Set<String> lowerCase(JsonNode addresses) {
    return addresses
        .valueStream()
        .map(address -> address.asText().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
