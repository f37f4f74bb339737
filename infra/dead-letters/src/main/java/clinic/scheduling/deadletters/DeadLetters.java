package clinic.scheduling.deadletters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Lists dead letters by ids and reasons, or sends them to their queue again. Replaying is always
 * safe: every consumer reads the appointment anew, and every effect is named and recorded.
 */
public final class DeadLetters {
  private static final int FINE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final String HELP =
      """
      dead-letters list   [where] [--queue NAME]...
      dead-letters replay [where] [--queue NAME]... [--id MESSAGE]...

      list    shows each dead letter by its ids, and the reason that the log gives.
      replay  sends dead letters to their queue again and takes them away here.

      where:
        --local [PORT]   the local run, by the port of its sandboxes; 8090 unless given
        --stack NAME     the stack on AWS, for the reasons in its logs
        --prefix PREFIX  the parameter QueuePrefix of the stack, if it has one
        --region REGION  AWS_REGION unless given

      --queue NAME   appointment-changes, patient-messages or message-events; all unless given
      --id MESSAGE   only this message, as list names it; may be given several times

      On AWS the credentials are those of the environment: AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN
      (eval "$(aws configure export-credentials --format env)" sets them). They need
      sqs:GetQueueUrl, ReceiveMessage, ChangeMessageVisibility, DeleteMessage and SendMessage
      on the queues, kms:Decrypt and GenerateDataKey on their key, and logs:FilterLogEvents.

      Nothing but ids is shown, whatever a message says. Looking at a dead letter hides it for
      half a minute at most. Exit code: 0 done, 1 failed, 2 misused.
      """;

  private DeadLetters() {}

  public static void main(String[] words) {
    Path repository = Path.of(System.getProperty("user.dir"));
    System.exit(run(List.of(words), System.getenv(), repository, System.out, System.err));
  }

  /**
   * @param environment where credentials and the region are
   * @param repository where the logs of the local run are
   */
  static int run(
      List<String> words,
      Map<String, String> environment,
      Path repository,
      PrintStream out,
      PrintStream err) {
    if (words.contains("--help") || words.isEmpty()) {
      out.print(HELP);
      return words.isEmpty() ? MISUSED : FINE;
    }
    try {
      Wish wish = Wish.of(words);
      Place place = Place.of(wish, environment, repository, Clock.systemUTC());
      int count = 0;
      for (String queue : wish.queues()) {
        DeadQueue dead = place.queue(queue);
        count += wish.replays() ? dead.replay(wish.ids(), out) : dead.list(place.reasons(), out);
      }
      out.println(count + (wish.replays() ? " replayed" : " dead"));
      return FINE;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + "; see --help");
      return MISUSED;
    } catch (IOException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }
}
