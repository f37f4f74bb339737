package clinic.scheduling.confirmations;

import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one message of the queue {@code patient-messages}. */
@Singleton
final class ParseMessageRequest {
  private static final Pattern KEY =
      Pattern.compile(
          "([A-Za-z0-9.-]{1,64})#(?:([0-9]{1,6})|([a-z][a-z0-9-]{0,30})-([0-9]{6,10}))");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final ObjectMapper mapper;

  @Inject
  ParseMessageRequest(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * @throws BadOrderException naming the field that is wrong
   */
  MessageRequest read(@Nullable String body) {
    PatientMessage message = parsed(Objects.requireNonNullElse(body, ""));
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
    MessageRequest.About about = about(key);
    require(
        (about instanceof MessageRequest.About.Reminder) == (change == Change.REMINDER), "change");
    return new MessageRequest(key.group(1), about, change, appointment, correlation);
  }

  private static MessageRequest.About about(Matcher key) {
    return key.group(2) == null
        ? new MessageRequest.About.Reminder(key.group(3), Long.parseLong(key.group(4)))
        : new MessageRequest.About.Numbered(Integer.parseInt(key.group(2)));
  }

  private PatientMessage parsed(String body) {
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
}
