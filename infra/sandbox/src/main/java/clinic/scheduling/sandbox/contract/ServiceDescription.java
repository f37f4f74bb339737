package clinic.scheduling.sandbox.contract;

import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The operations of a published API description. */
interface ServiceDescription {

  /** The operation of a call; empty if the description has none. */
  Optional<Operation> operation(Call call);

  /**
   * One operation.
   *
   * @param parameters the query parameters by name, with their types
   * @param request the name of the schema of the request body; empty if there is none
   */
  record Operation(JsonNode parameters, Optional<String> request, Answers answers) {}

  /** The response schemas of an operation. */
  @FunctionalInterface
  interface Answers {
    /** The name of the schema of a response; empty if no body is described. */
    Optional<String> schema(int status);
  }
}
