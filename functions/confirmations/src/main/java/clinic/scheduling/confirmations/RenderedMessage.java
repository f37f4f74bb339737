package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import java.util.function.Function;

/** A message to the last byte; only the call of its provider is left. */
sealed interface RenderedMessage {

  /** Calls the function of this case and returns its result. */
  <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart);

  /**
   * @param mime the whole mail, none of it beyond ASCII
   * @param tag {@link MessageRequest#tag}, which every report about the mail returns
   * @param contact {@link Contacts#name}, which every report returns too
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
