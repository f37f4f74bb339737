package clinic.scheduling.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A line of {@code unread.txt}, which lists files of libraries that no native executable needs. */
record Unread(String line, PathMatcher artifact, PathMatcher files) {
  static List<Unread> all() {
    try (InputStream in = Unread.class.getResourceAsStream("/unread.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Unread::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Unread of(String line) {
    List<String> words = Arrays.asList(line.trim().split(" +"));
    if (words.size() != 2) {
      throw new IllegalArgumentException("an artifact, a blank and a glob: " + line);
    }
    return new Unread(line, glob(words.get(0)), glob(words.get(1)));
  }

  private static PathMatcher glob(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  boolean covers(Part part, String resource) {
    return artifact.matches(Path.of(part.artifact())) && files.matches(Path.of(resource));
  }
}
