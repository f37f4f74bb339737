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
 */
record GraphSettings(
    boolean transactionConflict,
    boolean rememberTransactions,
    boolean requireImmutableIds,
    UnknownMailboxes unknownMailboxes,
    int concurrentPerMailbox) {

  /** Refused as unlicensed (404), denied by policy (403), or made on first use. */
  enum UnknownMailboxes {
    refuse,
    deny,
    create
  }

  static GraphSettings usual() {
    return new GraphSettings(false, true, false, UnknownMailboxes.refuse, 4);
  }

  /** These settings with those that the document names. */
  GraphSettings with(JsonNode json) {
    String unknown = json.path("unknownMailboxes").asText(unknownMailboxes.name());
    return new GraphSettings(
        json.path("transactionConflict").asBoolean(transactionConflict),
        json.path("rememberTransactions").asBoolean(rememberTransactions),
        json.path("requireImmutableIds").asBoolean(requireImmutableIds),
        UnknownMailboxes.valueOf(unknown),
        json.path("concurrentPerMailbox").asInt(concurrentPerMailbox));
  }
}
