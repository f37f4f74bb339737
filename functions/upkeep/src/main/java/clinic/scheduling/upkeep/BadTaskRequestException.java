package clinic.scheduling.upkeep;

import clinic.scheduling.core.json.FieldError;
import java.util.List;

/** The input is not a valid {@link TaskRequest}; nothing was done. */
public final class BadTaskRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadTaskRequestException(List<FieldError> errors) {
    super("the input is refused: " + errors);
  }
}
