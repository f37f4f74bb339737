package clinic.scheduling.nativeimage;

import io.quarkus.maven.dependency.ResolvedDependency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A jar, or a folder of classes, that a function consists of. */
record Part(String artifact, boolean ours, List<Path> roots, List<String> names) {
  static Part of(ResolvedDependency dependency) {
    List<Path> roots = dependency.getResolvedPaths().stream().toList();
    List<String> names = new ArrayList<>();
    visit(roots, (name, file) -> names.add(name));
    return new Part(
        dependency.getArtifactId(),
        dependency.getGroupId().equals("clinic.scheduling"),
        roots,
        names);
  }

  List<String> resources() {
    return names.stream().filter(name -> !name.endsWith(".class")).toList();
  }

  /** The files whose name fits, each with its content. */
  Map<String, byte[]> files(Predicate<String> fits) {
    Map<String, byte[]> found = new HashMap<>();
    if (names.stream().anyMatch(fits)) {
      visit(
          roots,
          (name, file) -> {
            if (fits.test(name)) {
              found.put(name, Files.readAllBytes(file));
            }
          });
    }
    return found;
  }

  private static void visit(List<Path> roots, Visitor visitor) {
    for (Path root : roots) {
      try {
        if (Files.isDirectory(root)) {
          visit(root, visitor);
        } else {
          try (var jar = FileSystems.newFileSystem(root)) {
            visit(jar.getPath("/"), visitor);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void visit(Path root, Visitor visitor) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        visitor.see(root.relativize(file).toString(), file);
      }
    }
  }

  private interface Visitor {
    void see(String name, Path file) throws IOException;
  }
}
