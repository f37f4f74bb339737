package clinic.scheduling.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One resource or event of the template. Its values have their intrinsic functions resolved. */
record Resource(String id, JsonNode properties, Intrinsics intrinsics) {

  JsonNode at(String... path) {
    JsonNode node = properties;
    for (String name : path) {
      node = intrinsics.resolve(node.path(name));
    }
    return node;
  }

  Resource child(String name) {
    return new Resource(id, properties.path(name), intrinsics);
  }

  Optional<String> text(String... path) {
    JsonNode node = at(path);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(node.isContainerNode() ? node.toString() : node.asText());
  }

  Optional<Integer> number(String... path) {
    try {
      return text(path).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      throw new TemplateException(
          "%s: %s is not a whole number".formatted(id, String.join(".", path)));
    }
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    at(name).forEach(node -> texts.add(node.asText()));
    return List.copyOf(texts);
  }

  TemplateException missing(String property) {
    return new TemplateException("%s has no %s".formatted(id, property));
  }
}
