package clinic.scheduling.mirror;

import clinic.scheduling.core.queue.CalendarChange;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the hint that the meetings of a calendar may have changed. */
@Singleton
final class ReadCalendarChange {
  private static final Pattern BINDING = Pattern.compile("[a-z]{1,20}-[0-9a-f]{12}");

  private final ObjectMapper mapper;

  ReadCalendarChange(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Thrown if the message is not a calendar change. The exception does not contain the message's
   * text.
   */
  static final class BadChangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadChangeException() {
      super("not a calendar change of version 1");
    }
  }

  /**
   * @throws BadChangeException if the text is not a calendar change of version 1
   */
  CalendarChange parse(@Nullable String body) {
    try {
      @Nullable CalendarChange change =
          body == null ? null : mapper.readValue(body, CalendarChange.class);
      if (change == null || change.v() != 1 || !isBinding(change.binding())) {
        throw new BadChangeException();
      }
      return change;
    } catch (JsonProcessingException e) {
      throw new BadChangeException();
    }
  }

  private static boolean isBinding(@Nullable String binding) {
    return binding != null && BINDING.matcher(binding).matches();
  }
}
