package clinic.scheduling.meetings.plan;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.VisibleText;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * What our table keeps of a meeting: when it is and how it is shown. It keeps no text of the
 * meeting, and digests in place of ids.
 *
 * @param event a digest of the provider's id of the event
 * @param series a digest of the provider's id of the series; empty for a single meeting
 * @param block a digest of the clinician, the UID and the original start. It is the same for the
 *     same meeting in several calendars of one clinician
 * @param subjectDigest a keyed digest of the subject; empty if the meeting has none
 */
public record StoredMeeting(
    String event,
    Optional<String> series,
    String block,
    When when,
    Availability availability,
    Kind kind,
    Answer answer,
    boolean isCancelled,
    boolean isPrivate,
    boolean isOurs,
    Optional<String> subjectDigest) {
  private static final String NONE = "-";
  private static final int FIELDS = 9;

  /**
   * @param practitioner the Canvas staff key of the clinician
   * @param binding the key of the calendar
   * @param digestKey the key of the digest of the subject
   */
  public static StoredMeeting of(
      Meeting meeting, String practitioner, String binding, byte[] digestKey) {
    return new StoredMeeting(
        digestOfId(meeting.id()),
        meeting.series().map(StoredMeeting::digestOfId),
        blockOf(meeting, practitioner, binding),
        meeting.when(),
        meeting.availability(),
        meeting.kind(),
        meeting.answer(),
        meeting.isCancelled(),
        meeting.isPrivate(),
        meeting.isOurs(),
        meeting
            .subject()
            .filter(subject -> VisibleText.isVisible(subject.value()))
            .map(subject -> digestOfSubject(subject, digestKey)));
  }

  static String digestOfSubject(Phi<String> subject, byte[] digestKey) {
    return Digest.keyed(digestKey, subject.value());
  }

  /** The key of the digests of subjects. */
  public static byte[] digestKey(SignedTokens tokens) {
    return tokens.digestKey("meeting");
  }

  /** The digest by which an event or a series is stored. */
  public static String digestOfId(String id) {
    return Digest.of("calendar-event", id);
  }

  /** A meeting without a UID cannot be recognised in another calendar. */
  private static String blockOf(Meeting meeting, String practitioner, String binding) {
    return meeting.uid().isBlank()
        ? Digest.of("meeting-block", practitioner, binding, meeting.id())
        : Digest.of(
            "meeting-block",
            practitioner,
            meeting.uid(),
            meeting.originalStart().map(Instant::toString).orElse(""));
  }

  /** What decides whether it blocks time. */
  Meeting.Facts facts() {
    return new Meeting.Facts(when, availability, kind, answer, isCancelled, isOurs);
  }

  /** What counts as one meeting for the guards: the whole series, or the single meeting. */
  public String unit() {
    return series.orElse(event);
  }

  /** The form in which a row holds the meeting, without {@link #event}. */
  public String text() {
    return String.join(
        "|",
        block,
        series.orElse(NONE),
        text(when),
        word(availability),
        word(kind),
        word(answer),
        (isCancelled ? "c" : "") + (isPrivate ? "p" : "") + (isOurs ? "o" : ""),
        subjectDigest.orElse(NONE),
        "1");
  }

  public static StoredMeeting parse(String event, String text) {
    String[] fields = text.split("\\|", -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException("not a stored meeting of version 1");
    }
    return new StoredMeeting(
        event,
        optional(fields[1]),
        fields[0],
        parseWhen(fields[2]),
        Availability.valueOf(fields[3].toUpperCase(Locale.ROOT)),
        Kind.valueOf(fields[4].toUpperCase(Locale.ROOT)),
        Answer.valueOf(fields[5].toUpperCase(Locale.ROOT)),
        fields[6].contains("c"),
        fields[6].contains("p"),
        fields[6].contains("o"),
        optional(fields[7]));
  }

  private static Optional<String> optional(String field) {
    return Optional.of(field).filter(it -> !it.equals(NONE));
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private static String text(When when) {
    return when.accept(
        new When.Visitor<>() {
          @Override
          public String timed(Timed timed) {
            return timed.start() + "/" + timed.end();
          }

          @Override
          public String allDay(AllDay allDay) {
            return allDay.start() + "/" + allDay.end();
          }
        });
  }

  private static When parseWhen(String text) {
    String[] ends = text.split("/", 2);
    return ends[0].contains("T")
        ? new Timed(Instants.parse(ends[0]), Instants.parse(ends[1]))
        : new AllDay(LocalDate.parse(ends[0]), LocalDate.parse(ends[1]));
  }
}
