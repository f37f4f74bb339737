package clinic.scheduling.confirmations;

/** Hands a message to its provider: a port, so that a test can answer as providers do. */
interface DeliverMessage {

  /** Calls the provider once; what failed is never repeated here. */
  DeliveryResult deliver(RenderedMessage message);
}
