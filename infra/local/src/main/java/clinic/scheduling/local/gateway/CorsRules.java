package clinic.scheduling.local.gateway;

import clinic.scheduling.local.template.Deployment.Cors;
import java.util.Optional;

/**
 * Cross-origin rules of the API: the gateway answers preflight requests itself, and its headers
 * replace those of the functions. Source: API Gateway developer guide, http-api-cors.
 */
final class CorsRules {
  private final Cors cors;

  CorsRules(Cors cors) {
    this.cors = cors;
  }

  /** The response to a preflight request; empty for any other request. */
  Optional<HttpAnswer> preflight(Request request) {
    boolean asks =
        request.method().equals("OPTIONS")
            && request.header("origin").isPresent()
            && request.header("access-control-request-method").isPresent();
    if (!asks) {
      return Optional.empty();
    }
    HttpAnswer answer = addTo(HttpAnswer.empty(204), request);
    if (allowed(request).isEmpty()) {
      return Optional.of(answer);
    }
    answer =
        answer
            .with("access-control-allow-methods", String.join(",", cors.methods()))
            .with("access-control-allow-headers", String.join(",", cors.headers()));
    return Optional.of(
        cors.maxAgeSeconds().isPresent()
            ? answer.with("access-control-max-age", String.valueOf(cors.maxAgeSeconds().get()))
            : answer);
  }

  /** Adds the headers that the browser needs, if the origin is allowed. */
  HttpAnswer addTo(HttpAnswer answer, Request request) {
    Optional<String> origin = allowed(request);
    if (origin.isEmpty()) {
      return answer;
    }
    HttpAnswer more =
        answer.with("access-control-allow-origin", origin.get()).with("vary", "Origin");
    if (cors.credentials()) {
      more = more.with("access-control-allow-credentials", "true");
    }
    return cors.exposed().isEmpty()
        ? more
        : more.with("access-control-expose-headers", String.join(",", cors.exposed()));
  }

  private Optional<String> allowed(Request request) {
    return request
        .header("origin")
        .flatMap(
            origin ->
                cors.origins().contains("*")
                    ? Optional.of("*")
                    : Optional.of(origin).filter(cors.origins()::contains));
  }
}
