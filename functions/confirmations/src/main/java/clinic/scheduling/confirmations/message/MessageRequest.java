package clinic.scheduling.confirmations.message;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request from the queue {@code patient-messages}: tell a patient about one change of their
 * visit, or remind them of it.
 *
 * @param root the id of the first appointment of the thread; it identifies the visit permanently
 * @param appointment the id of an appointment of the visit, from which we find the whole thread
 * @param correlation our identifier of the booking; the same as {@code appointment} if there is
 *     none
 */
public record MessageRequest(
    String root, About about, Change change, String appointment, String correlation) {
  /** The message tag of all mails with codes. It is no {@link #tag} of a message about a visit. */
  public static final String TAG_OF_CODES = "code";

  private static final Pattern KEY =
      Pattern.compile(
          "([A-Za-z0-9.-]{1,64})#(?:([0-9]{1,6})|([a-z][a-z0-9-]{0,30})-([0-9]{6,10}))");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** What the message is about. */
  public sealed interface About {
    /** The part of the message key that follows the visit. */
    String name();

    /** Calls the function of this case and returns its result. */
    <R> R fold(Function<Numbered, R> change, Function<Reminder, R> reminder);

    /** A change of the visit; changes are numbered from 0. */
    record Numbered(int sequence) implements About {
      @Override
      public String name() {
        return Integer.toString(sequence);
      }

      @Override
      public <R> R fold(Function<Numbered, R> change, Function<Reminder, R> reminder) {
        return change.apply(this);
      }
    }

    /**
     * A reminder for one start time of the visit. After a move, a reminder for the new time has
     * another key.
     *
     * @param step the id of the reminder step in the practice document
     * @param startMinute the start of the visit, in minutes since the epoch
     */
    record Reminder(String step, long startMinute) implements About {
      @Override
      public String name() {
        return step + "-" + startMinute;
      }

      @Override
      public <R> R fold(Function<Numbered, R> change, Function<Reminder, R> reminder) {
        return reminder.apply(this);
      }
    }
  }

  /**
   * Reads a message of the queue.
   *
   * @throws BadMessageRequestException if a field is missing or wrong; names the field
   */
  public static MessageRequest parse(@Nullable String body, ObjectMapper mapper) {
    PatientMessage message = parsed(Objects.requireNonNullElse(body, ""), mapper);
    Matcher key = KEY.matcher(Objects.requireNonNullElse(message.messageKey(), ""));
    String appointment = Objects.requireNonNullElse(message.appointment(), "");
    require(message.v() == 1, "v");
    require(key.matches(), "messageKey");
    require(ID.matcher(appointment).matches(), "appointment");
    Change change =
        Change.of(Objects.requireNonNullElse(message.change(), ""))
            .orElseThrow(() -> new BadMessageRequestException("change"));
    String correlation = Objects.requireNonNullElse(message.correlation(), appointment);
    require(ID.matcher(correlation).matches(), "correlation");
    MessageRequest request =
        new MessageRequest(key.group(1), about(key), change, appointment, correlation);
    require(request.sequence().isEmpty() == (change == Change.REMINDER), "change");
    return request;
  }

  private static About about(Matcher key) {
    return key.group(2) == null
        ? new About.Reminder(key.group(3), Long.parseLong(key.group(4)))
        : new About.Numbered(Integer.parseInt(key.group(2)));
  }

  private static PatientMessage parsed(String body, ObjectMapper mapper) {
    try {
      return Objects.requireNonNull(mapper.readValue(body, PatientMessage.class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new BadMessageRequestException("body");
    }
  }

  private static void require(boolean good, String field) {
    if (!good) {
      throw new BadMessageRequestException(field);
    }
  }

  /** The message key. It identifies the message permanently. */
  public String key() {
    return root + "#" + about.name();
  }

  /** The message key, with an underscore for each character that SES forbids in a message tag. */
  public String tag() {
    return key().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** The number of the change; empty for a reminder. */
  public Optional<Integer> sequence() {
    return about.fold(change -> Optional.of(change.sequence()), reminder -> Optional.empty());
  }

  /** The ledger row of this message on one channel. */
  public RowKey row(Channel channel) {
    return row(root, about.name(), channel);
  }

  /** The ledger row of the text message that replaces a mail that did not arrive. */
  public RowKey replacementRow() {
    RowKey usual = row(Channel.SMS);
    return new RowKey(usual.partition(), usual.sort() + "#instead");
  }

  public static RowKey row(String root, String name, Channel channel) {
    return RowKey.ofVisit(root, "message#" + name + "#" + channel.word());
  }

  /** The request for an older change of the same visit. */
  public MessageRequest olderChange(int sequence) {
    return new MessageRequest(root, new About.Numbered(sequence), change, appointment, correlation);
  }

  /** The request in the form in which it arrived, so that it can be queued again. */
  public PatientMessage toQueue() {
    return PatientMessage.of(appointment, change, key(), correlation);
  }
}
