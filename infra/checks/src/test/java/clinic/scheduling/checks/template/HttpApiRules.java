package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import clinic.scheduling.checks.Repository;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The HTTP API has the routes of the OpenAPI document and throttles them. Its access log contains
 * no secrets.
 */
final class HttpApiRules {
  private static final List<String> WEBHOOKS =
      List.of("POST /webhooks/canvas", "POST /webhooks/outlook", "POST /webhooks/google");
  private static final String EVERYTHING_ELSE = "ANY $default";
  private static final Set<String> VERBS = Set.of("get", "head", "post", "put", "patch", "delete");
  private static final Set<String> LOGGED =
      Set.of(
          "requestId",
          "routeKey",
          "status",
          "integrationLatency",
          "responseLatency",
          "integrationStatus");

  private HttpApiRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "the routes are those of infra/openapi.yaml, and one that answers all other calls",
            HttpApiRules::routes,
            t -> t.editAt("/Resources/FindSlots/Properties/Events").remove("Unknown"),
            t -> t.editAt("/Resources/FindSlots/Properties/Events").remove("Catalog"),
            t ->
                t.editAt("/Resources/FindSlots/Properties/Events/Catalog/Properties")
                    .put("Path", "/other")),
        that(
            "a function has answered, or was stopped, before the gateway gives up",
            HttpApiRules::timeouts,
            t -> t.edit("BookAppointment").put("Timeout", 30),
            t ->
                t.editAt("/Resources/FindSlots/Properties/Events/Slots/Properties")
                    .remove("TimeoutInMillis"),
            t ->
                t.editAt("/Resources/FindSlots/Properties/Events/Slots/Properties")
                    .put("PayloadFormatVersion", "1.0")),
        that(
            "every route is throttled, lookups first, the webhooks generously",
            HttpApiRules::throttles,
            t -> t.edit("Api").remove("DefaultRouteSettings"),
            t -> t.edit("Api").remove("RouteSettings"),
            t -> t.editAt("/Resources/Api/Properties/RouteSettings").remove("GET /slots"),
            t ->
                t.editAt("/Resources/Api/Properties/RouteSettings/POST ~1webhooks~1canvas")
                    .put("ThrottlingRateLimit", 1),
            t ->
                t.editAt("/Resources/Api/Properties/RouteSettings")
                    .remove("POST /webhooks/google")),
        that(
            "the origins of booking sites are a parameter",
            HttpApiRules::cors,
            t -> t.edit("Api").remove("CorsConfiguration"),
            t -> t.edit("Api").putObject("CorsConfiguration").putArray("AllowOrigins").add("*")),
        that(
            "the first sam deploy --guided does not end at the question about routes without a login",
            t -> t.properties("Api").path("Auth").isEmpty() ? List.of("no Auth") : List.of(),
            t -> t.edit("Api").remove("Auth")),
        that(
            "the access log has no paths, query strings or addresses",
            HttpApiRules::accessLog,
            t ->
                t.editAt("/Resources/Api/Properties/AccessLogSettings")
                    .put("Format", "$context.path"),
            t -> t.edit("Api").remove("AccessLogSettings")),
        that(
            "nobody calls the API of the signed-in without a verified token",
            HttpApiRules::signedIn,
            t -> t.edit("SignedInBooking").put("AuthorizationType", "NONE"),
            t -> t.edit("SignedInBooking").remove("AuthorizerId"),
            t -> t.edit("SignedInPatients").put("AuthorizerType", "REQUEST"),
            t -> t.edit("SignedInStage").remove("DefaultRouteSettings"),
            t -> t.editAt("/Resources/SignedInApi").remove("Condition")));
  }

  private static List<String> signedIn(Template template) {
    List<String> wrong = new ArrayList<>();
    JsonNode route = template.properties("SignedInBooking");
    if (!route.path("AuthorizationType").asText().equals("JWT")
        || !route.path("AuthorizerId").toString().contains("SignedInPatients")
        || !template.properties("SignedInPatients").path("AuthorizerType").asText().equals("JWT")) {
      wrong.add("a route of SignedInApi without its authorizer");
    }
    if (template.properties("SignedInStage").at("/DefaultRouteSettings/ThrottlingRateLimit").asInt()
        < 1) {
      wrong.add("SignedInApi is not throttled");
    }
    for (String id :
        List.of("SignedInApi", "SignedInStage", "SignedInPatients", "SignedInBooking")) {
      if (!template.resource(id).path("Condition").asText().equals("HasSignedIn")) {
        wrong.add(id + " is there without an issuer");
      }
    }
    return wrong;
  }

  private static List<String> routes(Template template) {
    Set<String> deployed = new TreeSet<>();
    template
        .events("HttpApi")
        .values()
        .forEach(
            it ->
                deployed.add(
                    it.path("Method").asText("ANY") + " " + it.path("Path").asText("$default")));
    Set<String> documented = documented();
    documented.add(EVERYTHING_ELSE);
    return deployed.equals(documented)
        ? List.of()
        : List.of("deployed " + deployed + ", documented " + documented);
  }

  private static Set<String> documented() {
    Map<String, Map<String, Map<String, Object>>> document =
        new Yaml().load(Repository.text("infra/openapi.yaml"));
    Set<String> routes = new TreeSet<>();
    document
        .getOrDefault("paths", Map.of())
        .forEach(
            (path, verbs) ->
                verbs.keySet().stream()
                    .filter(VERBS::contains)
                    .forEach(verb -> routes.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
    return routes;
  }

  private static List<String> timeouts(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .events("HttpApi")
        .forEach(
            (event, it) -> {
              String function = event.substring(0, event.indexOf('.'));
              int seconds = template.number(template.properties(function).path("Timeout"));
              int gateway = it.path("TimeoutInMillis").asInt();
              if (gateway > 29_000 || seconds * 1000 >= gateway) {
                wrong.add(event + ": " + seconds + " s, the gateway " + gateway + " ms");
              }
              if (!it.path("PayloadFormatVersion").asText().equals("2.0")) {
                wrong.add(event + " is not payload 2.0");
              }
            });
    return wrong;
  }

  private static List<String> throttles(Template template) {
    JsonNode all = template.properties("Api").path("DefaultRouteSettings");
    JsonNode routes = template.properties("Api").path("RouteSettings");
    List<String> wrong = new ArrayList<>();
    for (String limit : List.of("ThrottlingRateLimit", "ThrottlingBurstLimit")) {
      if (all.path(limit).asInt() < 1) {
        wrong.add("no default " + limit);
      }
      int lookups = routes.path("GET /slots").path(limit).asInt();
      if (lookups < 1 || lookups >= all.path(limit).asInt()) {
        wrong.add("lookups may take the concurrency of everything else");
      }
      for (String webhook : WEBHOOKS) {
        JsonNode route = routes.path(webhook);
        if (route.path(limit).asInt() < 10 * all.path(limit).asInt() || route.isMissingNode()) {
          wrong.add("the " + limit + " of " + webhook + " is not generous");
        }
      }
    }
    return wrong;
  }

  private static List<String> cors(Template template) {
    JsonNode origins = template.properties("Api").at("/CorsConfiguration/Fn::If/1/allowOrigins");
    return origins.at("/Fn::Split/1/Ref").asText().equals("CorsOrigins")
        ? List.of()
        : List.of("AllowOrigins is " + origins);
  }

  private static List<String> accessLog(Template template) {
    String format = template.properties("Api").at("/AccessLogSettings/Format").asText();
    List<String> unknown =
        Pattern.compile("\\$context\\.([A-Za-z.]+)")
            .matcher(format)
            .results()
            .map(it -> it.group(1))
            .filter(name -> !LOGGED.contains(name))
            .toList();
    return format.isEmpty() ? List.of("there is no access log") : unknown;
  }
}
