package clinic.scheduling.operate.output;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says why a command did not succeed, and chooses the exit code. */
public final class FailureMessages {
  /** Something is wrong, or a call failed. */
  public static final int WRONG = ExitCode.SOFTWARE;

  private FailureMessages() {}

  /** The command line is wrong; nothing was done. */
  public static int misused(ParameterException e, String[] words) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(e.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /**
   * A call failed. A text of AWS may quote what it was sent, and an unforeseen exception may
   * contain anything, so only codes, class names and places in the code are printed.
   */
  public static int failed(Exception e, CommandLine command, ParseResult words) {
    command.getErr().println(text(e));
    return WRONG;
  }

  /** Says what failed, without any text that may quote something. */
  public static String text(Exception e) {
    if (e instanceof OperateException) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return answer.awsErrorDetails().serviceName()
          + ": "
          + answer.statusCode()
          + " "
          + answer.awsErrorDetails().errorCode();
    }
    if (e instanceof SdkException) {
      return String.valueOf(e.getMessage());
    }
    return e.getClass().getName()
        + " at "
        + Arrays.stream(e.getStackTrace()).limit(1).map(StackTraceElement::toString).toList();
  }
}
