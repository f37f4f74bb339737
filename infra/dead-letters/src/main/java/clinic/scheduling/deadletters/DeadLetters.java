package clinic.scheduling.deadletters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/**
 * Lists dead letters with their ids and reasons, or sends them to their queue again. Replaying is
 * always safe: every consumer reads the current appointment, and records each effect under a name
 * before it happens.
 */
public final class DeadLetters {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final String HELP =
      """
      dead-letters list   [where] [--queue NAME]...
      dead-letters replay [where] [--queue NAME]... [--id MESSAGE]...

      list    shows each dead letter by its ids, and the reason that the log gives.
      replay  sends dead letters to their queue again and deletes them here.

      where:
        --local [PORT]   the local run, by the port of its sandboxes; 8090 unless given
        --stack NAME     the stack on AWS, for the names of its queues and the reasons in its logs
        --prefix PREFIX  the parameter QueuePrefix of the stack; unless given, the name of the stack and a hyphen
        --region REGION  AWS_REGION unless given

      --queue NAME   appointment-changes, calendar-changes, patient-messages or message-events; all unless given
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

  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words), System.out, System.err));
  }

  private static int run(List<String> words, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (words.contains("--help") || words.isEmpty()) {
      out.print(HELP);
      return words.isEmpty() ? MISUSED : DONE;
    }
    try {
      Command command = Command.of(words);
      Installation installation = installation(command);
      int count = 0;
      for (String name : command.queues()) {
        DeadLetterQueue queue = installation.queue(name);
        count +=
            command.replays()
                ? queue.replay(command.ids(), out)
                : queue.list(installation.reasons(), out);
      }
      out.println(count + (command.replays() ? " replayed" : " dead"));
      return DONE;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + "; see --help");
      return MISUSED;
    } catch (SdkException | IOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static Installation installation(Command command)
      throws IOException, InterruptedException {
    if (command.localPort().isPresent()) {
      return Installation.local(command.localPort().get(), command.prefix(), Path.of(""));
    }
    String region = command.region().orElseGet(() -> required("AWS_REGION"));
    required("AWS_ACCESS_KEY_ID");
    required("AWS_SECRET_ACCESS_KEY");
    return Installation.aws(Region.of(region), command.prefix(), command.stack());
  }

  private static String required(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> new IllegalArgumentException(variable + " is not set"));
  }
}
