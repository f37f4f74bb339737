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
 * Reads the input strictly: a misspelt {@code dryRun} that was overlooked would do in earnest what
 * was only to be shown.
 */
final class TaskRequestReader {
  private static final int ID = 64;
  private static final int DATE = 10;
  private static final Pattern APPOINTMENT = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private TaskRequestReader() {}

  /**
   * @param tasks the names that are known
   * @throws BadErrandException naming everything that is wrong
   */
  static TaskRequest read(JsonNode input, Set<String> tasks) {
    List<FieldError> errors = new ArrayList<>();
    Fields fields = Fields.of(input, errors);
    TaskRequest errand =
        new TaskRequest(
            fields.text("task", ID, tasks::contains, "must be one of " + new TreeSet<>(tasks)),
            fields.optionalText("practitioner", ID),
            date(fields, "from"),
            date(fields, "to"),
            fields.flag("dryRun", false),
            fields.flag("force", false),
            fields.optionalText(
                "visit", ID, APPOINTMENT.asMatchPredicate(), "must be the id of an appointment"));
    fields.end();
    errand
        .to()
        .filter(to -> errand.from().filter(to::isBefore).isPresent())
        .ifPresent(to -> fields.wrong("to", "must not be before from"));
    if (!errors.isEmpty()) {
      throw new BadTaskRequestException(errors);
    }
    return errand;
  }

  private static Optional<LocalDate> date(Fields fields, String name) {
    try {
      return fields.optionalText(name, DATE).filter(text -> !text.isEmpty()).map(LocalDate::parse);
    } catch (DateTimeException e) {
      fields.wrong(name, "must be a date like 2028-12-31");
      return Optional.empty();
    }
  }
}
