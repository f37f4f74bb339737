package clinic.scheduling.local.template;

import clinic.scheduling.local.template.Deployment.Api;
import clinic.scheduling.local.template.Deployment.Cors;
import clinic.scheduling.local.template.Deployment.Jwt;
import clinic.scheduling.local.template.Deployment.Route;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP APIs of a template: SAM's implicit one, whose routes are events of functions, and an
 * explicit one with a JWT authorizer, for callers who have signed in.
 */
final class Apis {
  private final Resources resources;

  Apis(Resources resources) {
    this.resources = resources;
  }

  Api open(List<Route> routes) {
    return new Api(
        List.copyOf(routes),
        resources.ofType("AWS::Serverless::HttpApi").flatMap(api -> cors(api).stream()).findFirst(),
        Optional.empty());
  }

  /**
   * The API for callers who have signed in; empty if the template has none with these parameters.
   */
  Optional<Api> signedIn() {
    return resources
        .ofType("AWS::ApiGatewayV2::Api")
        .findFirst()
        .map(
            api ->
                new Api(
                    resources.ofType("AWS::ApiGatewayV2::Route").map(this::guarded).toList(),
                    cors(api),
                    resources.ofType("AWS::ApiGatewayV2::Authorizer").map(Apis::jwt).findFirst()));
  }

  private Route guarded(Resource route) {
    if (route.text("AuthorizationType").filter("JWT"::equals).isEmpty()) {
      throw route.missing("AuthorizationType JWT");
    }
    String[] key = route.text("RouteKey").orElseThrow(() -> route.missing("RouteKey")).split(" ");
    String target = route.text("Target").orElseThrow(() -> route.missing("Target"));
    return new Route(key[0], key[key.length - 1], function(target.replace("integrations/", "")));
  }

  /** The function of an integration. SAM refers to the alias of function X by {@code X.Alias}. */
  private String function(String integration) {
    return resources
        .ofType("AWS::ApiGatewayV2::Integration")
        .filter(one -> one.id().equals(integration))
        .map(one -> one.properties().path("IntegrationUri").path("Ref").asText())
        .map(alias -> alias.replace(".Alias", ""))
        .findFirst()
        .orElseThrow(() -> new TemplateException("There is no integration " + integration));
  }

  private static Jwt jwt(Resource authorizer) {
    return new Jwt(
        authorizer
            .text("JwtConfiguration", "Issuer")
            .orElseThrow(() -> authorizer.missing("Issuer")),
        authorizer.child("JwtConfiguration").texts("Audience"));
  }

  private static Optional<Cors> cors(Resource api) {
    JsonNode configuration = api.at("CorsConfiguration");
    if (configuration.isMissingNode()) {
      return Optional.empty();
    }
    Resource cors = capitalised(api, configuration);
    return Optional.of(
        new Cors(
            cors.texts("AllowOrigins"),
            cors.texts("AllowMethods"),
            cors.texts("AllowHeaders"),
            cors.texts("ExposeHeaders"),
            cors.number("MaxAge"),
            cors.text("AllowCredentials").map(Boolean::parseBoolean).orElse(false)));
  }

  /** SAM takes an {@code If} as it is, so its names are those of OpenAPI: {@code allowOrigins}. */
  private static Resource capitalised(Resource api, JsonNode configuration) {
    ObjectNode names = JsonNodeFactory.instance.objectNode();
    configuration
        .properties()
        .forEach(
            it ->
                names.set(
                    it.getKey().substring(0, 1).toUpperCase(Locale.ROOT) + it.getKey().substring(1),
                    it.getValue()));
    return new Resource(api.id(), names, api.intrinsics());
  }
}
