package clinic.scheduling.local.gateway;

import clinic.scheduling.local.template.Deployment.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the route of a request as API Gateway does. A literal path takes precedence over one with
 * parameters, that over a greedy one ({@code {proxy+}}), and that over {@code $default}. A method
 * takes precedence over {@code ANY}.
 */
final class Routes {
  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z0-9_.-]+)(\\+?)}");

  /** A matching route, with the values of its parameters. */
  record Match(Route route, Map<String, String> parameters) {}

  private record Shape(Route route, Pattern pattern, List<String> names, int rank) {}

  private final List<Shape> shapes;

  Routes(List<Route> routes) {
    this.shapes =
        routes.stream().map(Routes::shape).sorted(Comparator.comparingInt(Shape::rank)).toList();
  }

  Optional<Match> find(String method, String rawPath) {
    return shapes.stream()
        .filter(shape -> serves(shape.route(), method))
        .flatMap(shape -> match(shape, rawPath).stream())
        .findFirst();
  }

  private static boolean serves(Route route, String method) {
    return route.method().equals("ANY") || route.method().equals(method);
  }

  private static Optional<Match> match(Shape shape, String rawPath) {
    Matcher matcher = shape.pattern().matcher(rawPath);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < shape.names().size(); i++) {
      String value = matcher.group(i + 1).replace("+", "%2B");
      parameters.put(shape.names().get(i), URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return Optional.of(new Match(shape.route(), parameters));
  }

  private static Shape shape(Route route) {
    if (route.path().equals("$default")) {
      return new Shape(route, Pattern.compile(".*"), List.of(), 1000);
    }
    StringBuilder pattern = new StringBuilder();
    List<String> names = new java.util.ArrayList<>();
    int rank = 0;
    int end = 0;
    Matcher parameter = PARAMETER.matcher(route.path());
    while (parameter.find()) {
      pattern.append(Pattern.quote(route.path().substring(end, parameter.start())));
      boolean greedy = !parameter.group(2).isEmpty();
      pattern.append(greedy ? "(.+)" : "([^/]+)");
      names.add(parameter.group(1));
      rank += greedy ? 100 : 2;
      end = parameter.end();
    }
    pattern.append(Pattern.quote(route.path().substring(end)));
    rank += route.method().equals("ANY") ? 1 : 0;
    return new Shape(route, Pattern.compile(pattern.toString()), List.copyOf(names), rank);
  }
}
