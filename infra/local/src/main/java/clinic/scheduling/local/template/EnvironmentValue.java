package clinic.scheduling.local.template;

/** The value of an environment key in the template. */
public sealed interface EnvironmentValue {

  /** The value itself. */
  record Literal(String text) implements EnvironmentValue {}

  /** The URL of a queue, known once the queue exists. */
  record QueueUrl(String queue) implements EnvironmentValue {}

  /** A value that only AWS knows; the local run uses its own. */
  record OnlyOnAws(String why) implements EnvironmentValue {}
}
