package clinic.scheduling.confirmations;

/** What became of handing a message to its provider. */
sealed interface DeliveryResult {

  /** The provider has it, under its own id. */
  record Accepted(String id) implements DeliveryResult {}

  /** The provider will never take it: the address or number is not one. */
  record Rejected(String code) implements DeliveryResult {}

  /** It did not happen and may be tried again. */
  record NotSent(String code) implements DeliveryResult {}

  /** It did not happen and will not until somebody mends the account at the provider. */
  record NotSetUp(String code) implements DeliveryResult {}

  /** Nobody can say whether it happened. */
  record Unknown(String code) implements DeliveryResult {}
}
