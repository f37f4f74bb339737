package clinic.scheduling.confirmations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** The environment variables that only this function reads. */
interface MessagesSettings {

  /** The settings for e-mail. */
  @ConfigMapping(prefix = "")
  interface Mail {
    /** The SES configuration set that sends us its events; without it, we learn of no bounces. */
    @WithName("SES_CONFIGURATION_SET")
    Optional<String> configurationSet();
  }

  /** The settings of the queue with the reports of SES and the answers of patients. */
  @ConfigMapping(prefix = "")
  interface Events {
    /** The URL of the SQS queue {@code message-events}; empty if there is none. */
    @WithName("QUEUE_MESSAGE_EVENTS_URL")
    Optional<String> queueUrl();
  }
}
