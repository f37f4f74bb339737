package clinic.scheduling.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Unzips a packaged function, once for each build. */
public final class FunctionZip {
  private FunctionZip() {}

  /**
   * Unzips {@code zip} into {@code folder}, unless that zip is already there.
   *
   * @throws NoSuchFileException if the function was not built
   */
  public static void unzip(Path zip, Path folder) throws IOException {
    if (!Files.exists(zip)) {
      throw new NoSuchFileException(zip.toString());
    }
    Path marker = folder.resolveSibling(folder.getFileName() + ".unzipped");
    String version = Files.getLastModifiedTime(zip) + " " + Files.size(zip);
    if (Files.exists(marker) && Files.readString(marker).equals(version)) {
      return;
    }
    Files.deleteIfExists(marker);
    delete(folder);
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
        write(e, entries, folder);
      }
    }
    Files.writeString(marker, version);
  }

  /** Whether {@code zip} has a program of its own, which Lambda runs without Java. */
  public static boolean isNative(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.getEntry(LaunchCommand.BOOTSTRAP) != null;
    }
  }

  private static void write(ZipEntry entry, InputStream content, Path folder) throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("The zip names a file outside of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    // A Quarkus zip may contain a file twice, with the same content.
    Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
    if (entry.getName().equals(LaunchCommand.BOOTSTRAP) && !target.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + target + " executable");
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
