package clinic.scheduling.confirmations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** The environment keys that only this function reads. */
interface MessagesSettings {

  /** E-mail. */
  @ConfigMapping(prefix = "")
  interface Mail {
    /** The SES configuration set whose events come back to us; without it, we see no bounces. */
    @WithName("SES_CONFIGURATION_SET")
    Optional<String> configurationSet();
  }

  /** The queue of SES reports and patients' answers. */
  @ConfigMapping(prefix = "")
  interface Events {
    /** The SQS URL of the queue {@code message-events}, if there is one. */
    @WithName("QUEUE_MESSAGE_EVENTS_URL")
    Optional<String> queueUrl();
  }
}
