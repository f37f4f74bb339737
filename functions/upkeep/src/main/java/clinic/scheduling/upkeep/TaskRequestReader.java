package clinic.scheduling.upkeep;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Parses the input strictly. If a misspelt {@code dryRun} were ignored, the task would make the
 * changes that it should only report.
 */
final class TaskRequestReader {
  private static final int MAX_ID = 64;
  private static final int DATE_LENGTH = 10;
  private static final Pattern APPOINTMENT_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private TaskRequestReader() {}

  /**
   * @param tasks the names of all tasks
   * @throws BadTaskRequestException if the input is wrong; the exception names all errors
   */
  static TaskRequest read(JsonNode input, Set<String> tasks) {
    List<FieldError> errors = new ArrayList<>();
    Fields fields = Fields.of(input, errors);
    TaskRequest request =
        new TaskRequest(
            fields.text("task", MAX_ID, tasks::contains, "must be one of " + new TreeSet<>(tasks)),
            fields.optionalText("practitioner", MAX_ID),
            date(fields, "from"),
            date(fields, "to"),
            fields.flag("dryRun", false),
            fields.flag("force", false),
            fields.flag("forceMeetings", false),
            fields.optionalText(
                "visit",
                MAX_ID,
                APPOINTMENT_ID.asMatchPredicate(),
                "must be the id of an appointment"));
    fields.end();
    request
        .to()
        .filter(to -> request.from().filter(to::isBefore).isPresent())
        .ifPresent(to -> fields.wrong("to", "must not be before from"));
    if (request.forceMeetings() && request.practitioner().isEmpty()) {
      fields.wrong("forceMeetings", "needs a practitioner");
    }
    if (!errors.isEmpty()) {
      throw new BadTaskRequestException(errors);
    }
    return request;
  }

  private static Optional<LocalDate> date(Fields fields, String name) {
    try {
      return fields
          .optionalText(name, DATE_LENGTH)
          .filter(text -> !text.isEmpty())
          .map(LocalDate::parse);
    } catch (DateTimeException e) {
      fields.wrong(name, "must be a date like 2028-12-31");
      return Optional.empty();
    }
  }
}
