package clinic.scheduling.operate.status;

import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.BadPracticeException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.operate.installation.Installation;
import clinic.scheduling.operate.installation.Where;
import clinic.scheduling.operate.output.FailureMessages;
import clinic.scheduling.operate.output.Output;
import clinic.scheduling.operate.practice.PracticeStore;
import clinic.scheduling.operate.practice.PracticeVersion;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.core.exception.SdkException;

/** Shows the whole in one screen. A part that cannot be read does not hide the others. */
@Command(
    name = "status",
    description =
        "Shows queues, dead letters, certificates, waiting calendars, messages, versions.",
    footer = {
      "",
      "Exit code 1 means that something is wrong; the last lines say what. Messages in doubt",
      "and what else a person has to look at are those of the last seven days.",
      "",
      "Example:",
      "  operate status --stack scheduling"
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin Where where = new Where();
  @Mixin Output output = new Output();

  private final List<Part> parts = new ArrayList<>();

  @Override
  public Integer call() {
    Installation installation = where.open();
    Instant now = SystemClock.utc().instant();
    Rows rows = installation.rows();
    add("queues", () -> QueueStatus.of(installation, output, now));
    Optional<Document> document = document(installation);
    Optional<Practice> practice = document.flatMap(it -> practice(it.json()));
    practice.ifPresent(
        it -> {
          add("certificates", () -> CertificateStatus.of(installation.logs(), it, now));
          add("waitingCalendars", () -> CalendarStatus.of(rows, it, now));
        });
    add("messages", () -> ReviewStatus.of(rows, now));
    print(installation.commit(), document.map(Document::name).orElse("none"));
    return parts.stream().allMatch(part -> part.wrong().isEmpty()) ? 0 : FailureMessages.WRONG;
  }

  /**
   * The practice document.
   *
   * @param name its version, or the name of its file
   */
  private record Document(String name, String json) {}

  private Optional<Document> document(Installation installation) {
    String place = installation.practicePlace();
    try {
      if (!place.startsWith("table:")) {
        return Optional.of(new Document(place, Files.readString(Path.of(place))));
      }
      Optional<PracticeVersion> present =
          PracticeStore.of(installation, SystemClock.utc()).read().present();
      if (present.isEmpty()) {
        parts.add(failed("practice", "there is no practice document in the table"));
      }
      return present.map(it -> new Document("version " + it.number(), it.json()));
    } catch (SdkException e) {
      parts.add(failed("practice", FailureMessages.text(e)));
    } catch (IOException e) {
      parts.add(failed("practice", "the practice document cannot be read at " + place));
    }
    return Optional.empty();
  }

  private Optional<Practice> practice(String json) {
    try {
      return Optional.of(PracticeReader.read(json));
    } catch (BadPracticeException e) {
      parts.add(failed("practice", "the practice document is refused: see operate practice check"));
      return Optional.empty();
    }
  }

  private void add(String name, Supplier<Part> read) {
    try {
      parts.add(read.get());
    } catch (SdkException e) {
      parts.add(failed(name, name + " could not be read: " + FailureMessages.text(e)));
    }
  }

  private static Part failed(String name, String why) {
    return new Part(
        name, JsonNodeFactory.instance.objectNode().put("failed", why), List.of(why), List.of(why));
  }

  private void print(String commit, String document) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("commit", commit)
            .put("practiceDocument", document);
    parts.forEach(part -> answer.set(part.name(), part.json()));
    List<String> wrong = parts.stream().flatMap(part -> part.wrong().stream()).toList();
    ArrayNode list = answer.putArray("wrong");
    wrong.forEach(list::add);
    output.print(
        answer,
        out -> {
          out.println("commit " + commit + ", practice document: " + document);
          for (Part part : parts) {
            out.println();
            part.lines().forEach(out::println);
          }
          out.println();
          wrong.forEach(line -> out.println("WRONG: " + line));
          if (wrong.isEmpty()) {
            out.println("all is well");
          }
        });
  }
}
