package clinic.scheduling.core.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The environment keys that several functions share. A function needs the keys of each group that
 * one of its beans injects, and no others. At start, it reports all missing and unreadable keys in
 * one message, from these groups and its own.
 */
public interface Settings {

  /** The table. */
  @ConfigMapping(prefix = "")
  interface Table {
    /** The DynamoDB table of this deployment. */
    @WithName("TABLE_NAME")
    String name();
  }

  /** The practice document. */
  @ConfigMapping(prefix = "")
  interface PracticeDocument {
    /** Where the document is: a file, or {@code table:<key>} for a row of the table. */
    @WithName("PRACTICE")
    String place();
  }

  /** The tokens that patients and the booking site hand back to us. */
  @ConfigMapping(prefix = "")
  interface Tokens {
    /** The secrets that sign the tokens, newest first, or the ARN of a Secrets Manager secret. */
    @WithName("MANAGE_TOKEN_SECRETS")
    String secrets();
  }

  /** The API as patients see it. */
  @ConfigMapping(prefix = "")
  interface PublicApi {
    /** The address at which patients reach the API. */
    @WithName("PUBLIC_URL")
    URI url();
  }

  /** Proxies of our own in front of the API. */
  @ConfigMapping(prefix = "")
  interface Proxies {
    /** Their addresses or blocks of addresses, comma-separated; none unless set. */
    @WithName("TRUSTED_PROXIES")
    Optional<String> trusted();
  }

  /** The booking site. */
  @ConfigMapping(prefix = "")
  interface BookingSite {
    /**
     * The address at which patients reach the pages of the site; the address of the API unless set.
     */
    @WithName("SITE_URL")
    Optional<URI> url();
  }

  /** The queue of changed appointments. */
  @ConfigMapping(prefix = "")
  interface AppointmentChanges {
    /** The SQS URL of the queue. */
    @WithName("QUEUE_APPOINTMENT_CHANGES_URL")
    String url();
  }

  /** The queue of messages to patients. */
  @ConfigMapping(prefix = "")
  interface PatientMessages {
    /** The SQS URL of the queue. */
    @WithName("QUEUE_PATIENT_MESSAGES_URL")
    String url();
  }

  /** The queue of calendars whose meetings may have changed. */
  @ConfigMapping(prefix = "")
  interface CalendarChanges {
    /** The SQS URL of the queue. */
    @WithName("QUEUE_CALENDAR_CHANGES_URL")
    String url();
  }

  /** Claims of the ledger. */
  @ConfigMapping(prefix = "")
  interface Lease {
    /** How long a claim lasts; 30 s longer than one invocation can last. */
    @WithName("LEASE_SECONDS")
    @WithConverter(Seconds.class)
    Duration length();
  }

  /** The time-out of the function. */
  @ConfigMapping(prefix = "")
  interface Timeout {
    /** How long one invocation may take. */
    @WithName("TIMEOUT_SECONDS")
    @WithConverter(Seconds.class)
    Duration length();
  }
}
