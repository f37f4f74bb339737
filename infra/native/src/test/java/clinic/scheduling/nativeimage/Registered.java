package clinic.scheduling.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What native-image is told to keep, by files that Quarkus generates and files that libraries
 * contain. GraalVM's reference manual, "Reachability Metadata", describes their formats. In the
 * older format there is a file for each kind of entry.
 */
record Registered(List<Predicate<String>> resources, Set<String> readable, Set<String> makeable) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "META-INF/native-image/";
  private static final Pattern INCLUDE = Pattern.compile("-H:IncludeResources=([^ \\\\\\n]+)");

  static Registered of(Map<String, byte[]> generated, List<Part> parts) {
    Registered all = new Registered(new ArrayList<>(), new HashSet<>(), new HashSet<>());
    generated.forEach(all::read);
    for (Part part : parts) {
      part.files(name -> name.startsWith(FOLDER)).forEach(all::read);
    }
    return all;
  }

  boolean keeps(String resource) {
    return resources.stream().anyMatch(kept -> kept.test(resource));
  }

  /** Whether Jackson can create objects of the class, and read and write all their members. */
  boolean canBeRead(String type) {
    return readable.contains(type);
  }

  /** Whether a service loader can create an object of the class. */
  boolean canBeMade(String type) {
    return makeable.contains(type);
  }

  private void read(String name, byte[] content) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    switch (file) {
      case "resource-config.json", "reachability-metadata.json", "reflect-config.json" -> {
        JsonNode json = parse(name, content);
        readResources(json.path("resources"));
        readClasses(json.isArray() ? json : json.path("reflection"));
      }
      case "native-image.properties" -> {
        String text = new String(content, StandardCharsets.UTF_8);
        INCLUDE.matcher(text).results().forEach(found -> addPattern(found.group(1)));
      }
      default -> {}
    }
  }

  private void readResources(JsonNode json) {
    for (JsonNode entry : json.isArray() ? json : json.path("includes")) {
      if (entry.has("pattern")) {
        addPattern(entry.path("pattern").asText());
      } else if (entry.has("glob")) {
        PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + entry.path("glob"));
        resources.add(resource -> glob.matches(Path.of(resource)));
      }
    }
  }

  private void addPattern(String regex) {
    resources.add(Pattern.compile(regex).asMatchPredicate());
  }

  private void readClasses(JsonNode json) {
    for (JsonNode entry : json) {
      String type = entry.path(entry.has("name") ? "name" : "type").asText();
      if (entry.path("allDeclaredConstructors").asBoolean()
          && entry.path("allDeclaredMethods").asBoolean()
          && entry.path("allDeclaredFields").asBoolean()) {
        readable.add(type);
      }
      if (entry.path("allDeclaredConstructors").asBoolean() || makes(entry.path("methods"))) {
        makeable.add(type);
      }
    }
  }

  private static boolean makes(JsonNode methods) {
    for (JsonNode method : methods) {
      if (method.path("name").asText().equals("<init>")
          && method.path("parameterTypes").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode parse(String name, byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is no JSON", e);
    }
  }
}
