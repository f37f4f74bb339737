package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import java.util.Set;
import java.util.function.Function;

/** Hands a message to its provider. A port, so that a test can answer as providers do. */
interface DeliverMessage {

  /** Calls the provider once; a failed call is never repeated here. */
  DeliveryResult deliver(RenderedMessage message);

  /** A message to the last byte; only the call of its provider is left. */
  sealed interface RenderedMessage {

    /** Calls the function of this case and returns its result. */
    <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart);

    /**
     * @param mime the whole mail, none of it beyond ASCII
     * @param tag {@code MessageRequest.tag}, which every report about the mail returns
     * @param contact {@code Contacts.name}, which every report returns too
     */
    record Mail(byte[] mime, String tag, String contact) implements RenderedMessage {
      @Override
      public <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart) {
        return mail.apply(this);
      }
    }

    /**
     * @param number in E.164
     */
    record Text(Phi<String> number, String text) implements RenderedMessage {
      @Override
      public <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart) {
        return text.apply(this);
      }
    }

    /**
     * A message in the chart.
     *
     * @param patient the Canvas id of who gets it
     * @param practitioner the Canvas id of who writes it
     */
    record Chart(String patient, String practitioner, Phi<String> text) implements RenderedMessage {
      @Override
      public <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart) {
        return chart.apply(this);
      }
    }
  }

  /** What became of one call of a provider. */
  sealed interface DeliveryResult {

    /** Calls the method of this case and returns its result. */
    <R> R accept(Visitor<R> visitor);

    /** Handles each case; a new one does not compile until every visitor handles it. */
    interface Visitor<R> {
      R accepted(Accepted result);

      R rejected(Rejected result);

      R notSent(NotSent result);

      R notSetUp(NotSetUp result);

      R unknown(Unknown result);
    }

    /** The provider has the message, under its own id. */
    record Accepted(String id) implements DeliveryResult {
      @Override
      public <R> R accept(Visitor<R> visitor) {
        return visitor.accepted(this);
      }
    }

    /** The provider will never take it: the address or number is wrong. */
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

    /** Nothing was sent, nor will be until somebody mends the account at the provider. */
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
