package clinic.scheduling.core.setup;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.Practice;
import java.util.List;
import java.util.function.Function;

/**
 * What one function demands of the practice document. Its errors are listed with the others. The
 * document may have other errors, too, so a rule must be content with any that was parsed.
 */
public interface PracticeRule extends Function<Practice, List<FieldError>> {}
