package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.render.ComposeMessage.RenderedMessage;
import java.util.Set;

/**
 * Hands a message to its provider. This is an interface so that a test can answer in place of the
 * providers.
 */
interface DeliverMessage {

  /** Calls the provider once. A failed call is never repeated here. */
  DeliveryResult deliver(RenderedMessage message);

  /** The result of one call of a provider. */
  sealed interface DeliveryResult {

    /** Calls the method of this case and returns its result. */
    <R> R accept(Visitor<R> visitor);

    /**
     * Has a method for each case. A new case adds a method, and the code does not compile until
     * every visitor has it.
     */
    interface Visitor<R> {
      R accepted(Accepted result);

      R rejected(Rejected result);

      R notSent(NotSent result);

      R notSetUp(NotSetUp result);

      R unknown(Unknown result);
    }

    /**
     * The provider has accepted the message.
     *
     * @param id the id that the provider gave the message
     */
    record Accepted(String id) implements DeliveryResult {
      @Override
      public <R> R accept(Visitor<R> visitor) {
        return visitor.accepted(this);
      }
    }

    /** The provider rejects the message permanently, usually because of the address or number. */
    record Rejected(String code) implements DeliveryResult {
      private static final Set<String> OPTED_OUT = Set.of("OptedOut", "OptedOutException");

      /** Whether the owner of the number has opted out at the provider. */
      boolean isOptOut() {
        return OPTED_OUT.contains(code);
      }

      @Override
      public <R> R accept(Visitor<R> visitor) {
        return visitor.rejected(this);
      }
    }

    /** Nothing was sent, and the call may be repeated. */
    record NotSent(String code) implements DeliveryResult {
      @Override
      public <R> R accept(Visitor<R> visitor) {
        return visitor.notSent(this);
      }
    }

    /**
     * Nothing was sent, and nothing will be sent until somebody fixes our account at the provider.
     */
    record NotSetUp(String code) implements DeliveryResult {
      @Override
      public <R> R accept(Visitor<R> visitor) {
        return visitor.notSetUp(this);
      }
    }

    /** Nobody knows whether the message went out. */
    record Unknown(String code) implements DeliveryResult {
      @Override
      public <R> R accept(Visitor<R> visitor) {
        return visitor.unknown(this);
      }
    }
  }
}
