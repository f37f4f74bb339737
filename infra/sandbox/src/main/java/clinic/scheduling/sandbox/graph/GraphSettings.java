package clinic.scheduling.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where Graph's behaviour is undocumented or depends on the tenant, tests choose.
 *
 * @param transactionConflict a repeated {@code transactionId} is 409 instead of the event it made
 * @param rememberTransactions a repeated {@code transactionId} is recognised at all; how long it
 *     is, Graph does not say
 * @param requireImmutableIds a call without {@code Prefer: IdType="ImmutableId"} is refused
 * @param unknownMailboxes what happens to a mailbox that was not seeded
 * @param concurrentPerMailbox requests at work in one mailbox before 429; 0 for no limit
 * @param hiddenSeconds so long after it was made, the id of an event leads nowhere
 * @param unlistedSeconds so long after it was made, no list and no view shows an event
 * @param deleteOfGone the code that answers a DELETE of what is gone: {@code ErrorItemNotFound}
 *     (404) or {@code ErrorCannotDeleteObject} (403, then also of what lies in Deleted Items)
 * @param textOnRequest whether {@code Prefer: outlook.body-content-type="text"} is heeded
 * @param linkedBodies whether an address in a body has become a link
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
    boolean linkedBodies) {

  /** Refused as unlicensed (404), denied by policy (403), or made on first use. */
  enum UnknownMailboxes {
    refuse,
    deny,
    create
  }

  static GraphSettings usual() {
    return new GraphSettings(
        false, true, false, UnknownMailboxes.refuse, 4, 0, 0, "ErrorItemNotFound", true, false);
  }

  boolean refusesDeleteOfGone() {
    return deleteOfGone.equals("ErrorCannotDeleteObject");
  }

  /** These settings with those that the document names. */
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
        json.path("linkedBodies").asBoolean(linkedBodies));
  }
}
