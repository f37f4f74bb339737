package clinic.scheduling.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository. */
public final class Repository {
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".idea");

  private Repository() {}

  /** The root folder of the repository. Tests run in {@code infra/checks}. */
  public static Path root() {
    return Path.of(System.getProperty("repository", "../..")).toAbsolutePath().normalize();
  }

  /** The text of a file, UTF-8. */
  public static String text(String path) {
    return text(root().resolve(path));
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file that is in version control, or is new and not ignored. */
  static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .sorted()
          .filter(entry -> !NOT_OURS.contains(entry.getFileName().toString()))
          .flatMap(entry -> Files.isDirectory(entry) ? files(entry).stream() : Stream.of(entry))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every Java file of the repository. */
  public static List<Path> javaFiles() {
    return files(root()).stream().filter(file -> file.toString().endsWith(".java")).toList();
  }
}
