package clinic.scheduling.sandbox.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks HTTP exchanges against {@code infra/openapi.yaml}.
 *
 * <p>A response must be documented for its operation: status, content type, headers, and every
 * field. If the response is below 400, the request must be valid too, so an undocumented field or
 * parameter that the API accepts is found. A refused request is not checked. A call that is not in
 * the document must be answered 404 with the documented problem.
 *
 * <p>Safe for use by several threads.
 */
public final class OpenApiContract {
  private final JsonNode document;
  private final Schemas schemas;

  private OpenApiContract(JsonNode document) {
    this.document = document;
    this.schemas = new Schemas(document.path("components"));
  }

  /** The contract as it is published with this build. */
  public static OpenApiContract published() {
    try (InputStream yaml = OpenApiContract.class.getResourceAsStream("openapi.yaml")) {
      return of(new String(Objects.requireNonNull(yaml).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The contract of an OpenAPI 3.1 document in YAML (without aliases) or JSON.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static OpenApiContract of(String yaml) {
    try {
      return new OpenApiContract(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an OpenAPI document", e);
    }
  }

  /**
   * Checks one exchange.
   *
   * @param path the path with its query, as sent
   * @param headers the response headers; the case of the names does not matter
   * @param requestBody null or empty if there was none
   * @param responseBody null or empty if there was none
   * @throws AssertionError that lists every violation
   */
  public void check(
      String method,
      String path,
      int status,
      Map<String, String> headers,
      @Nullable String requestBody,
      @Nullable String responseBody) {
    check(Exchange.of(method, path, status, headers, requestBody, responseBody));
  }

  private void check(Exchange exchange) {
    Violations violations = new Violations(schemas);
    Optional<Operation> operation = Operation.find(document, exchange);
    if (operation.isEmpty()) {
      unknownCall(exchange, violations);
    } else {
      if (exchange.status() < 400) {
        RequestRules.check(operation.get(), exchange, violations);
      }
      ResponseRules.check(operation.get(), exchange, violations);
    }
    violations.throwIfAny(exchange);
  }

  private void unknownCall(Exchange exchange, Violations violations) {
    if (exchange.status() != 404) {
      violations.add("the call is not documented, so its answer must be 404");
    }
    JsonNode problem = document.at("/components/schemas/NotFoundProblem");
    violations.checkJson("answer", problem, exchange.responseBody());
  }
}
