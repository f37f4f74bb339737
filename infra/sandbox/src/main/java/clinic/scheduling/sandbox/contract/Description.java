package clinic.scheduling.sandbox.contract;

import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The calls that a published interface description knows. */
interface Description {

  /** The operation that a call is; empty if the description has none. */
  Optional<Operation> operation(Call call);

  /**
   * One operation.
   *
   * @param parameters of the query, by their names, with their types
   * @param request the name of the schema of the body; empty if it has none
   */
  record Operation(JsonNode parameters, Optional<String> request, Answers answers) {}

  /** The schemas of an operation's answers. */
  @FunctionalInterface
  interface Answers {
    /** The name of the schema of an answer; empty if it has no body that is described. */
    Optional<String> schema(int status);
  }
}
