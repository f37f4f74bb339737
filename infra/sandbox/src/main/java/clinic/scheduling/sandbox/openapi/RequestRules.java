package clinic.scheduling.sandbox.openapi;

import clinic.scheduling.sandbox.openapi.Operation.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks requests that succeeded. */
final class RequestRules {
  private RequestRules() {}

  static void check(Operation operation, Exchange exchange, Violations violations) {
    Map<String, String> query = exchange.query();
    for (Parameter parameter : operation.queryParameters()) {
      check(parameter, query, violations);
    }
    boolean othersAllowed = operation.queryParameters().stream().anyMatch(Parameter::isAnyOther);
    Set<String> documented =
        operation.queryParameters().stream().map(Parameter::name).collect(Collectors.toSet());
    query.keySet().stream()
        .filter(name -> !documented.contains(name) && !othersAllowed)
        .forEach(name -> violations.add("the parameter " + name + " was taken undocumented"));
    operation
        .requestSchema()
        .filter(schema -> operation.needsRequest() || !exchange.requestBody().isEmpty())
        .ifPresent(schema -> violations.checkJson("request", schema, exchange.requestBody()));
  }

  private static void check(Parameter parameter, Map<String, String> query, Violations violations) {
    String value = query.get(parameter.name());
    if (value != null) {
      violations.checkText("parameter " + parameter.name(), parameter.schema(), value);
    } else if (parameter.required()) {
      violations.add("the parameter " + parameter.name() + " is missing, yet it succeeded");
    }
  }
}
