package clinic.scheduling.sandbox.canvas.faults;

import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.http.CutOff;
import clinic.scheduling.sandbox.http.Reply;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Delays each reply until {@code answerAfterMs} after its call. Each call has its own thread, so
 * waiting calls do not delay others.
 */
public final class ReplyDelay {
  private final Toggles toggles;

  public ReplyDelay(Toggles toggles) {
    this.toggles = toggles;
  }

  public Reply kept(Callable<Reply> answer) throws Exception {
    long due =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(toggles.number(Toggle.ANSWER_AFTER_MS));
    Reply reply = answer.call();
    try {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      return reply;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new CutOff();
    }
  }
}
