package clinic.scheduling.local.template;

/** What the template says of the value of an environment key. */
public sealed interface EnvironmentValue {

  /** The value itself. */
  record Literal(String text) implements EnvironmentValue {}

  /** The URL of a queue, known once the queue exists. */
  record QueueUrl(String queue) implements EnvironmentValue {}

  /** A value that only AWS can give; the local run brings its own. */
  record OnlyOnAws(String why) implements EnvironmentValue {}
}
