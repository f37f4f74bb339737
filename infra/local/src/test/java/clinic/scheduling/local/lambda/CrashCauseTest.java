package clinic.scheduling.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If a function cannot start, the message contains the whole cause. */
class CrashCauseTest {
  @TempDir Path folder;

  @Test
  void aRefusedDocumentIsNamedWithAllItsErrors() throws Exception {
    assertThat(
            lastWords(
                """
                java.lang.RuntimeException: Failed to start quarkus
                \tat io.quarkus.runner.ApplicationImpl.doStart(Unknown Source)
                Caused by: java.lang.RuntimeException: Error injecting Practice
                \tat clinic.Bean.create(Unknown Source)
                Caused by: clinic.BadPracticeException: PRACTICE: the practice document is refused:
                  phone must be E.164, like +15555550100
                  visitTypes[0].durations[1] is used twice
                \tat clinic.PracticeReader.read(PracticeReader.java:42)
                \t... 20 more
                a line of something else
                """))
        .isEqualTo(
            "\n  Caused by: clinic.BadPracticeException: PRACTICE: the practice document is refused:"
                + "\n    phone must be E.164, like +15555550100"
                + "\n    visitTypes[0].durations[1] is used twice");
  }

  @Test
  void aLogWithoutACauseSaysNothing() throws Exception {
    assertThat(lastWords("started\n\tat nothing\n")).isEmpty();
    assertThat(CrashCause.of(folder.resolve("none.log"))).isEmpty();
  }

  @Test
  void whatNeverEndsIsCut() throws Exception {
    String words = lastWords("Caused by: x\n" + ("y".repeat(2_000) + "\n").repeat(1_000));

    assertThat(words.lines().skip(1)).hasSize(100).allMatch(line -> line.length() <= 502);
  }

  private String lastWords(String log) throws Exception {
    Path file = folder.resolve("function.log");
    Files.writeString(file, log);
    return CrashCause.of(file);
  }
}
