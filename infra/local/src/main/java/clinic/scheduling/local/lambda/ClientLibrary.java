package clinic.scheduling.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The native library of the runtime interface client. Without this class, every process would
 * unpack the library to the same file below {@code /tmp}, and processes that start at the same time
 * would overwrite each other's library and crash.
 */
final class ClientLibrary {
  /** The property that tells the client which file to load instead. */
  static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private ClientLibrary() {}

  /** Unpacks it into {@code folder} atomically; empty if there is none for this platform. */
  static Optional<Path> unpack(Path folder) {
    String name = name();
    Path library = folder.resolve(name);
    try (InputStream content = ClientLibrary.class.getResourceAsStream("/jni/" + name)) {
      if (content == null || Files.exists(library)) {
        return Optional.of(library).filter(Files::exists);
      }
      Path part = Files.createTempFile(folder, name, ".part");
      Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(library);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name() {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
    return "libaws-lambda-jni.%s-%s.so".formatted(libc, arch);
  }
}
