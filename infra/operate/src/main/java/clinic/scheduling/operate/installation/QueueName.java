package clinic.scheduling.operate.installation;

import java.util.Optional;
import java.util.stream.Stream;

/** The queues of an installation, and the function that consumes each (template.yaml). */
public enum QueueName {
  APPOINTMENT_CHANGES("appointment-changes", "AppointmentChanges", "SyncCalendars"),
  CALENDAR_CHANGES("calendar-changes", "CalendarChanges", "MirrorMeetings"),
  PATIENT_MESSAGES("patient-messages", "PatientMessages", "SendMessage"),
  MESSAGE_EVENTS("message-events", "MessageEvents", "SendMessage"),

  /** Has dead letters only: each is the input of a run that failed. */
  UPKEEP("upkeep", "Upkeep", "RunUpkeep");

  private final String word;
  private final String resource;
  private final String consumer;

  QueueName(String word, String resource, String consumer) {
    this.word = word;
    this.resource = resource;
    this.consumer = consumer;
  }

  public static Optional<QueueName> find(String word) {
    return Stream.of(values()).filter(queue -> queue.word.equals(word)).findFirst();
  }

  /** Whether dead letters can be sent to the queue again. */
  public boolean takesReplays() {
    return this != UPKEEP;
  }

  /** The name of the queue without a prefix. */
  public String word() {
    return word;
  }

  /** The name of its resource in the template. */
  String resource() {
    return resource;
  }

  /** The function that consumes it. */
  public String consumer() {
    return consumer;
  }

  @Override
  public String toString() {
    return word;
  }
}
